import type { Issue } from '#flows/definition/issue.ts';
import { type Effect, isLaterKind } from '#flows/engine/effects.ts';
import { drawnFrom } from '#flows/engine/flatten.ts';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { Phone } from '#flows/engine/phone.ts';
import { buildSenderWorld } from '#flows/engine/sender-world.ts';
import type { ContactState, ProgramTexts, PublishedFlow, SenderWorld } from '#flows/engine/world.ts';
import { openFlow, type OpenFlow } from '#flows/open.ts';
import { defaultTexts } from '#shared/sms/default-texts.ts';
import type { GoldenConversation, Stage } from './conversation-runner.ts';

/** The program and sender of every golden conversation; a driver over HTTP sets up the same. */
export const BRAND = 'Bluebird Coffee';
export const HELP_CONTACT = 'bluebird.example/help';
export const SENDER = { address: '12345', country: 'US', languages: ['en'] } as const;
/** The person, unless a conversation says otherwise. Any number will do: it decides nothing but the arm of an experiment. */
export const PERSON = '+12025550123';
/** That person, as long as nobody knows them. */
export const stranger = (): ContactState => ({
  phone: PERSON,
  known: false,
  language: null,
  fields: {},
  stopped: false,
  consents: {},
  arms: {},
  runs: [],
});

const texts = defaultTexts('en', { brand: BRAND, contact: HELP_CONTACT, country: SENDER.country });

export const PROGRAM: ProgramTexts = {
  brand: BRAND,
  help: texts.help,
  stopped: texts.stopConfirmation,
  restarted: texts.startConfirmation,
  confirmsStop: true,
};

/** Opens a flow that has to be one. */
export function opened(json: unknown): OpenFlow {
  const flow = openFlow(json);
  if (flow.definition === null) throw new Error(`No flow: ${flow.issues.map(sentence).join(' ')}`);
  return flow;
}

const sentence = ({ message, place }: Issue): string =>
  `${message} (${place.node ?? ''} ${place.path ?? ''})`;

/** Publishes a flow as version 1. */
export function published(json: unknown, flowId = 'flow'): PublishedFlow {
  return { flowId, versionId: `${flowId}-1`, version: 1, compiled: opened(json).compiled };
}

/** A sender's world with these flows on it. */
export function worldOf(
  flows: readonly PublishedFlow[],
  lists: Readonly<Record<string, ListPolicy['optIn']>> = {},
): SenderWorld {
  const policies = Object.entries(lists).map(([list, optIn]) => [list, { optIn }] as const);
  return buildSenderWorld({ ...SENDER, program: PROGRAM, lists: new Map(policies), flows });
}

/** Puts a conversation's person on a phone of the engine's own, with no server. */
export function stagePhone(
  definition: unknown,
  conversation: Omit<GoldenConversation, 'lines'>,
  lists: Readonly<Record<string, ListPolicy['optIn']>> = {},
): Stage & { phone: Phone } {
  const phone = new Phone({
    world: worldOf([published(definition)], { ...lists, ...conversation.lists }),
    phone: conversation.phone ?? PERSON,
    language: conversation.language ?? null,
    fields: conversation.contact ?? {},
    tags: conversation.tags ?? [],
    closedContests: conversation.closedContests ?? [],
    emptyPools: conversation.emptyPools ?? [],
    holds: conversation.holds ?? false,
    startAt: conversation.begins === undefined ? 0 : Date.parse(conversation.begins),
  });
  return {
    phone,
    driver: {
      says: async (text, media) => phone.says(text, media),
      after: async (seconds) => phone.wait(seconds),
      event: async (name, key, value) => phone.event(name, key, value),
      answer: async (kind, outcome, values) => {
        if (!isLaterKind(kind)) throw new Error(`Nothing of the kind "${kind}" is ever answered later.`);
        return phone.answer(kind, outcome, values);
      },
    },
    seen: () => ({
      effects: withoutTextsAndIds(phone.decisions.flatMap(({ effects }) => effects)),
      fields: phone.contact.fields,
      outcome: phone.contact.runs[0]?.outcome ?? null,
    }),
  };
}

/** Effects as a golden file keeps them: texts are in the transcript, ids differ from driver to driver. */
function withoutTextsAndIds(effects: readonly Effect[]): object[] {
  return effects
    .filter((effect) => effect.kind !== 'send')
    .map((effect) =>
      Object.fromEntries(
        Object.entries(effect).filter(([key]) => key !== 'id' && key !== 'runId' && key !== 'messageId'),
      ),
    );
}

/** The lines of the drawing that a phone's runs went along, as "ask.yes". */
export function passagesOf(phone: Phone): Set<string> {
  const steps = phone.decisions.flatMap(({ trails }) => trails.flatMap((trail) => trail.steps));
  return new Set(
    steps.flatMap((step) => {
      const from = step.do === 'pass' ? drawnFrom(step.from) : null;
      return step.do === 'pass' && from !== null ? [`${from}.${step.port}`] : [];
    }),
  );
}
