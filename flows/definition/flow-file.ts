import { conversationsSchema, type SavedConversation } from '#shared/api/conversations.ts';
import { error, type Issue } from './issue.ts';

/** What a file of a flow holds: its definition, still to be parsed, and the conversations that say how it is meant to go. */
export interface FlowFile {
  definition: unknown;
  /** Null where the file carries none. */
  conversations: SavedConversation[] | null;
  /** Why the conversations it carries cannot be read. */
  issues: Issue[];
}

/** A flow as a file carries it: the definition, and beside its own keys the conversations, where there are any. */
export const writeFlowFile = <Flow extends object>(
  definition: Flow,
  conversations: readonly SavedConversation[],
) => (conversations.length === 0 ? definition : { ...definition, conversations });

/** Takes a file apart. Any older file is a definition and nothing else. */
export function readFlowFile(json: unknown): FlowFile {
  if (json === null || typeof json !== 'object' || !('conversations' in json))
    return { definition: json, conversations: null, issues: [] };
  const { conversations, ...definition } = json;
  const read = conversationsSchema.safeParse(conversations);
  if (read.success) return { definition, conversations: read.data, issues: [] };
  return {
    definition,
    conversations: null,
    issues: read.error.issues.map(({ path, message }) =>
      error('conversations.shape', `The conversations cannot be read: ${message}`, {
        path: ['conversations', ...path].map(String).join('.'),
      }),
    ),
  };
}
