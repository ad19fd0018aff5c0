import type { ContactList } from '#shared/api/lists.ts';
import type { Program } from '#shared/api/programs.ts';
import type { Sender } from '#shared/api/senders.ts';
import { defaultTexts } from '#shared/sms/default-texts.ts';
import type { Trigger } from '#flows/definition/schema.ts';
import { compile, type CompiledFlow } from '#flows/engine/compile.ts';
import type { ListPolicy } from '#flows/engine/consent/terms.ts';
import { buildSenderWorld } from '#flows/engine/sender-world.ts';
import type { ProgramTexts, SenderWorld } from '#flows/engine/world.ts';

/** The sender a rehearsal plays on: who texts, from where, and what the workspace's lists ask for. */
export interface Stage {
  address: string;
  country: string;
  language: string;
  program: ProgramTexts;
  lists: ReadonlyMap<string, ListPolicy>;
}

/** The stage for a workspace that has no sender yet. */
export const PLAIN_STAGE: Stage = {
  address: '12345',
  country: 'US',
  language: 'en',
  program: texts('en', 'US', 'Your brand', 'help@example.com'),
  lists: new Map(),
};

/** The stage of a real sender and its program. */
export function stageOf(sender: Sender, program: Program, lists: readonly ContactList[]): Stage {
  const standard = texts(program.language, sender.country, program.brand, program.contact || program.brand);
  return {
    address: sender.address,
    country: sender.country,
    language: program.language,
    program: {
      ...standard,
      help: program.helpText || standard.help,
      stopped: program.stopText || standard.stopped,
      restarted: program.startText || standard.restarted,
      agent: program.agentText,
      closed: program.closedText || standard.closed,
    },
    lists: new Map(lists.map((list) => [list.key, list])),
  };
}

/** The keyword that begins a flow on the phone while it has none of its own. */
const STAND_IN = 'TRY';

/** The world in which the draft is the only flow. */
export function worldOf(stage: Stage, flowId: string, compiled: CompiledFlow): SenderWorld {
  const languages = [...new Set([stage.language, ...compiled.definition.languages])];
  return buildSenderWorld({
    ...stage,
    languages,
    flows: [{ flowId, versionId: 'draft', version: 0, compiled }],
  });
}

/**
 * A flow as the phone plays it: keywords of every sender reach the phone's one, in their time or not and whoever they are for; a
 * flow without a keyword gets one to begin with, and `from` makes it begin at another step.
 */
export function staged(compiled: CompiledFlow, from: string | null): CompiledFlow {
  const { nodes } = compiled;
  const own = compiled.definition.triggers.map(
    ({ from: _from, until: _until, known: _known, ...trigger }): Trigger => ({ ...trigger, sender: '*' }),
  );
  const hasKeyword = own.some(({ words }) => words.length > 0);
  const triggers = hasKeyword ? own : [...own, standIn];
  const definition = { ...compiled.definition, triggers };
  return from !== null && nodes.has(from)
    ? compile({ ...definition, start: from }, nodes)
    : { ...compiled, definition };
}

const standIn: Trigger = { kind: 'keyword', words: [STAND_IN], match: 'first-word', sender: '*' };

function texts(language: string, country: string, brand: string, contact: string): ProgramTexts {
  const { help, closed, stopConfirmation, startConfirmation } = defaultTexts(language, {
    brand,
    contact,
    country,
  });
  return { brand, help, closed, stopped: stopConfirmation, restarted: startConfirmation, confirmsStop: true };
}
