import { conversationsSchema, type SavedConversation } from '#shared/api/conversations.ts';
import { error, type Issue } from './issue.ts';

/** What a file of a flow holds: its definition, still to be parsed, and the conversations that say how it is meant to go. */
export interface FlowFile {
  definition: unknown;
  /** Null where the file carries none. */
  conversations: SavedConversation[] | null;
  /** In which world the conversations are heard, as `prove` takes it, still to be parsed; null where the file does not say. */
  world: unknown;
  /** Why the conversations it carries cannot be read. */
  issues: Issue[];
}

/**
 * A flow as a file carries it: the definition, and beside its own keys the conversations, where there are any, with the world in which
 * they are heard.
 */
export function writeFlowFile<Flow extends object>(
  definition: Flow,
  conversations: readonly SavedConversation[],
  world?: Readonly<Record<string, unknown>>,
) {
  if (conversations.length === 0) return definition;
  return { ...definition, ...(world === undefined ? {} : { world: heardIn(world) }), conversations };
}

/** Takes a file apart. Any older file is a definition and nothing else. */
export function readFlowFile(json: unknown): FlowFile {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return plain(json);
  const { conversations, world = null, ...definition }: Record<string, unknown> = { ...json };
  if (conversations === undefined) return { ...plain(definition), world };
  const read = conversationsSchema.safeParse(conversations);
  if (read.success) return { definition, conversations: read.data, world, issues: [] };
  return {
    ...{ definition, conversations: null, world },
    issues: read.error.issues.map(({ path, message }) =>
      error('conversations.shape', `The conversations cannot be read: ${message}`, {
        path: ['conversations', ...path].map(String).join('.'),
      }),
    ),
  };
}

const plain = (definition: unknown): FlowFile => ({
  ...{ definition, conversations: null, world: null },
  issues: [],
});

/** What of a world is heard in conversations. What else is published stays at home: a file of one flow is no list of all others. */
const heardIn = (world: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(HEARD.flatMap((key) => (world[key] == null ? [] : [[key, world[key]]])));

const HEARD = ['country', 'gateway', 'languages', 'senders', 'lists', 'program'];
