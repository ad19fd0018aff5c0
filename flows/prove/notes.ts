import type { ConsentState, Purpose, TransactionOutcome } from '../engine/effects.ts';
import type { Refusal } from '../engine/gate.ts';

/** What a step did that a property may want to know. */
export type Note =
  | {
      do: 'send';
      node: string;
      field: string;
      purpose: Purpose;
      list: string | null;
      /** Why the gate held it back; `forced` by something the gate does not know, such as a spending limit. */
      refusal: Refusal | 'forced' | null;
      /** What the gate saw. */
      consent: ConsentState;
      tooYoung: boolean;
      stopped: boolean;
    }
  | {
      do: 'join';
      node: string;
      list: string;
      proof: 'asked' | 'single' | 'double';
      to: ConsentState;
      /** The list is for people of an age that nobody knows them to have. */
      tooYoung: boolean;
      /** The person has not said so: a campaign or the API began the run, and no answer of theirs was understood in it. */
      unasked: boolean;
    }
  | { do: 'leave'; node: string; list: string }
  | { do: 'arm'; node: string; experiment: string; arm: string }
  | { do: 'goal'; node: string; goal: string }
  | { do: 'set'; node: string; field: string }
  /** What the shell answered inside the transaction. */
  | { do: 'outcome'; node: string; outcome: TransactionOutcome }
  | { do: 'failed'; error: string };

/** A text that the gate was asked about. */
export type Sending = Extract<Note, { do: 'send' }>;

/** A text that went out. */
export const isSent = (note: Note): note is Sending => note.do === 'send' && note.refusal === null;

/** A text that the gate held back, for what it knows of the person. */
export const isHeldBack = (note: Note): note is Sending =>
  note.do === 'send' && note.refusal !== null && note.refusal !== 'forced';
