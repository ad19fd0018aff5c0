import type { RunEvent } from '../engine/events.ts';
import type { Fork } from './facts.ts';
import type { Note } from './notes.ts';

/** One way in which a request may be settled. */
export interface Settled {
  fork: Fork;
  /** What the engine goes on with at once; null where nothing answers, or not yet. */
  next: RunEvent | null;
  note: Note | null;
  /** It takes something that nobody can bring about in a conversation. */
  forced?: boolean;
}
