import { assertNever } from '#shared/assert-never.ts';
import type { Wish } from '#flows/engine/consent/unheard.ts';
import type { Work } from './work.ts';

/**
 * What people read of a text that a fault of ours kept from being decided. What was thrown is in the log: it tells them nothing, and may
 * show what is none of their business.
 */
export const UNDECIDED_TEXT =
  'It could not be decided: the server met a fault, and its log says which. Nothing came of it yet. Read it again once that is mended.';

/** The same where its words were heeded nevertheless. */
export function undecidedBut(wish: Wish | null): string {
  switch (wish) {
    case null:
      return UNDECIDED_TEXT;
    case 'stop':
      return 'It could not be decided: the server met a fault, and its log says which. Its words are a STOP, so the person is stopped; nothing else came of it yet. Read it again once that is mended.';
    case 'doubt':
      return 'It could not be decided: the server met a fault, and its log says which. Its words may be a STOP, so what needs consent waits until somebody has read them in the Inbox; nothing else came of it yet. Read it again once that is mended.';
    default:
      return assertNever(wish);
  }
}

/** The same of a conversation or an order, which is over by that. */
export const UNDECIDED_RUN =
  'The server met a fault, and its log says which. Nothing more comes of it: begin it anew once that is mended.';

/** Under which id the log tells of it. */
export const idOf = (work: Work): { messageId: string } | { runId: string | null } =>
  work.kind === 'text'
    ? { messageId: work.id }
    : { runId: 'runId' in work.happening ? work.happening.runId : null };
