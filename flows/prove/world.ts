import { defaultTexts } from '#shared/sms/default-texts.ts';
import { z } from 'zod';
import type { ParsedFlow } from '../definition/parse.ts';
import { type Definition, type Trigger, triggerSchema } from '../definition/schema.ts';
import { compile } from '../engine/compile.ts';
import type { ListPolicy } from '../engine/consent/terms.ts';
import { flatten } from '../engine/flatten.ts';
import { buildSenderWorld } from '../engine/sender-world.ts';
import type { ProgramTexts, PublishedFlow, SenderWorld } from '../engine/world.ts';

const senderSchema = z.strictObject({
  address: z.string().min(1).max(32),
  kind: z.enum(['short-code', 'long-number', 'toll-free', 'alphanumeric']).default('short-code'),
});

const otherFlowSchema = z.strictObject({
  name: z.string(),
  triggers: z.array(triggerSchema).default([]),
  /** The words that its questions take for answers. */
  answers: z.array(z.string()).default([]),
});

const publishedSchema = z.strictObject({
  id: z.string(),
  version: z.number().int().min(1),
  /** Of the version's definition, as its certificate has it. */
  definitionHash: z.string(),
});

const programSchema = z.strictObject({
  brand: z.string().default('Your brand'),
  contact: z.string().default('example.com/help'),
  help: z.string().optional(),
  stopped: z.string().optional(),
  restarted: z.string().optional(),
  /** What AGENT is answered with; without it, that is a word like any other. */
  agent: z.string().optional(),
  /** What the keyword of a flow that is not running is answered with. */
  closed: z.string().optional(),
  /** How often it texts, as its first text says it ("4 msgs/month"). */
  frequency: z.string().optional(),
  confirmsStop: z.boolean().default(true),
});

/**
 * What a proof has to know besides the flow: who sends, under whose rules, and what else is published. `lists`, `otherFlows` and
 * `published` are null where nobody said; a proof then says what it did not check.
 */
export const proofWorldSchema = z.strictObject({
  /** Of the sender, ISO 3166 alpha-2; decides reserved words and customs. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Write a country as two capitals, such as GB.')
    .default('US'),
  /** The folder's name of the gateway, for the words it reserves. */
  gateway: z.string().optional(),
  /** The languages the program speaks. */
  languages: z.array(z.string()).default(['en']),
  senders: z
    .array(senderSchema)
    .min(1, 'Name at least one sender.')
    .default([{ address: '12345', kind: 'short-code' }]),
  lists: z
    .record(
      z.string(),
      z.strictObject({
        optIn: z.enum(['single', 'double']),
        /** Only those count who answered that they are as old, in years. */
        minimumAge: z.number().int().min(1).max(99).optional(),
        /** A question to join lapses unanswered after so many hours. */
        asksHours: z.number().int().min(1).optional(),
      }),
    )
    .nullable()
    .default(null),
  otherFlows: z.array(otherFlowSchema).nullable().default(null),
  /**
   * Whether a campaign or the API begins the flow with people who have not texted. Null where nobody said: a flow that nothing else
   * starts is taken to be begun so.
   */
  ordered: z.boolean().nullable().default(null),
  /** The flow's own id, which must not be inside it. */
  flowId: z.string().nullable().default(null),
  /** Versions that steps may hold. */
  published: z.array(publishedSchema).nullable().default(null),
  program: programSchema.prefault({}),
  /** How many texts may answer one text of a person's before a warning says so. */
  textsPerMessage: z.number().int().min(1).default(3),
});

export type ProofWorld = z.infer<typeof proofWorldSchema>;

/** A world from whatever is known of it; everything else is as for a first short code in the US. */
export const proofWorld = (known: z.input<typeof proofWorldSchema> = {}): ProofWorld =>
  proofWorldSchema.parse(known);

/** A sender that is a name receives nothing. */
export const isOneWay = ({ kind }: ProofWorld['senders'][number]): boolean => kind === 'alphanumeric';

/** The sender a proof lets people text: one that receives, and that the flow listens on. */
export function senderFor({ senders }: ProofWorld, triggers: readonly Trigger[]): string {
  const listens = (address: string) => triggers.some(({ sender }) => sender === '*' || sender === address);
  const [first] = senders;
  const twoWay = senders.filter((sender) => !isOneWay(sender));
  const sender =
    twoWay.find(({ address }) => listens(address)) ?? senders.find(({ address }) => listens(address));
  return (sender ?? first)?.address ?? '';
}

/** The lists a flow asks about, whose policies the world may know or not. */
export type Policies = ReadonlyMap<string, ListPolicy>;

/** A list nobody described is taken to be joined with one text. */
export function policiesOf({ lists }: ProofWorld, touched: Iterable<string>): Policies {
  if (lists) return new Map(Object.entries(lists));
  return new Map([...touched].map((list) => [list, { optIn: 'single' }]));
}

/** The engine's own world of one sender, with this flow and the keywords of all others on it. */
export function senderWorldOf(
  world: ProofWorld,
  flow: PublishedFlow,
  policies: Policies,
  address: string,
): SenderWorld {
  const { definition } = flow.compiled;
  const others = (world.otherFlows ?? []).map(({ name, triggers }, at) =>
    elsewhere(at, name, triggers, definition),
  );
  return buildSenderWorld({
    address,
    country: world.country,
    ...(world.gateway === undefined ? {} : { gateway: world.gateway }),
    languages: [...new Set([...world.languages, ...definition.languages])],
    program: programTexts(world),
    lists: policies,
    flows: [flow, ...others],
  });
}

/** Another flow as far as routing sees it: its keywords. What it says is not ours to know, so it says nothing and is over at once. */
function elsewhere(at: number, name: string, triggers: Trigger[], like: Definition): PublishedFlow {
  const flowId = `${OTHER}${at}`;
  const definition = { ...like, name, triggers, nodes: [], edges: [], start: null, translations: {} };
  return { flowId, versionId: flowId, version: 1, compiled: compile(definition, new Map()) };
}

const OTHER = 'other-';

/** Whether a flow only stands for one that is published besides. */
export const isElsewhere = ({ flowId }: PublishedFlow): boolean => flowId.startsWith(OTHER);

function programTexts({ program, country, languages }: ProofWorld): ProgramTexts {
  const { brand, contact, confirmsStop } = program;
  const standard = defaultTexts(languages[0] ?? 'en', { brand, contact, country });
  return {
    brand,
    help: program.help ?? standard.help,
    stopped: program.stopped ?? standard.stopConfirmation,
    restarted: program.restarted ?? standard.startConfirmation,
    ...(program.agent === undefined ? {} : { agent: program.agent }),
    closed: program.closed ?? standard.closed,
    confirmsStop,
  };
}

/** What another flow's proof has to know about a flow: to be put into the `otherFlows` of its world. */
export function seenByOthers(
  flow: Pick<ParsedFlow, 'definition' | 'nodes'>,
): NonNullable<ProofWorld['otherFlows']>[number] {
  // The questions of a flow inside are asked as well.
  const { definition, nodes } = flatten(flow);
  const answers = new Set<string>();
  for (const node of nodes.values()) {
    for (const language of definition.languages) {
      for (const { words } of node.words(language)) for (const word of words) answers.add(word);
    }
  }
  return { name: definition.name, triggers: definition.triggers, answers: [...answers] };
}
