import type { ConsentCause } from '#flows/engine/effects.ts';
import type { WriteSet } from '../database/write-set.ts';
import type { Replies } from './handover.ts';
import type { SenderEntry, WorkspaceWorld } from './world-cache.ts';

/** A consent as it will be written: the last state of its scope, and the newest entry of its ledger. */
interface ConsentDraft {
  state: string;
  because: ConsentCause | null;
  /** When it began or was given, and when it lapses, in milliseconds since 1970. */
  since: number;
  lapsesAt: number | null;
  head: Uint8Array;
  /** There was a row of this scope before the decision. */
  stored: boolean;
}

interface ArmDraft {
  arm: string;
  hashVersion: number;
  exposed: boolean;
}

/** Somebody besides the person themselves who has a hand in a decision. */
export interface Actor {
  personId: string | null;
  /** Form text, address, file: the evidence of consent that was not texted. */
  given: Readonly<Record<string, string>> | null;
}

export const NOBODY: Actor = { personId: null, given: null };

/** Where one decision is written down: whom it concerns, what caused it, and the rows of the whole batch. */
export interface Scene {
  workspaceId: string;
  contactId: string;
  phone: string;
  sender: SenderEntry;
  /** The inbound text that is answered, or null. */
  causeId: string | null;
  at: number;
  /** Who of ours decided it, and what consent given elsewhere rests on. */
  actor: Actor;
  writes: WriteSet;
  /** What the batch has to send. */
  replies: Replies;
  /** Set where the decision's only text may be handed over: it answers, and nothing that is queued or undecided goes before it. */
  handsOver: WorkspaceWorld | null;
  newId: () => string;
  /** The newest ledger hash of each scope, as read and then as written. */
  heads: Map<string, Uint8Array>;
  /** Rows that one decision may touch more than once; the last state is written. */
  consents: Map<string, ConsentDraft>;
  arms: Map<string, ArmDraft>;
  fields: Record<string, string | number | boolean | null> | null;
  tags: { add: string[]; remove: string[] } | null;
}
