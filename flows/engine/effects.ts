import type { Condition } from './condition.ts';

/** A value an author can store and compare. */
export type Scalar = string | number | boolean | null;

/**
 * Why a text is sent, which decides what the consent gate lets through:
 * `reply` answers the person's own message, `service` concerns something they asked for, `marketing` needs a list's consent,
 * `code` is a one-time code, `legal` is required by law.
 */
export type Purpose = 'reply' | 'service' | 'marketing' | 'code' | 'legal';

/**
 * What a node's fragment may ask for: static data compiled into the machine. Closed; a new one needs a handler in the shell.
 * How each is answered: see `ANSWERED`.
 */
export type EffectRequest =
  | { kind: 'send'; field: string; purpose: Purpose; list?: string }
  | { kind: 'wake'; afterSeconds: number }
  | { kind: 'branch'; cases: readonly { port: string; when: Condition }[]; otherwise: string }
  | { kind: 'split'; experiment: string; arms: readonly { id: string; weight: number }[] }
  | { kind: 'subscribe'; list: string; proof: 'asked' | 'single' | 'double' }
  | { kind: 'unsubscribe'; list: string }
  | { kind: 'set-field'; field: string; value: Scalar | { field: string } | { answer: string } }
  | { kind: 'goal'; goal: string }
  | { kind: 'enter-contest'; contest: string };

export type EffectKind = EffectRequest['kind'];

/**
 * Who answers an effect and when: `never`; `engine`, at once and from facts already read under the contact's lock;
 * `transaction`, by the shell before it commits.
 */
export const ANSWERED = {
  send: 'engine',
  wake: 'never',
  branch: 'engine',
  split: 'engine',
  subscribe: 'never',
  unsubscribe: 'never',
  'set-field': 'never',
  goal: 'never',
  'enter-contest': 'transaction',
} as const satisfies Record<EffectKind, 'never' | 'engine' | 'transaction'>;

/** What the shell is asked to settle inside the transaction; it resumes the decision with one of the outcomes. */
export type TransactionRequest = { kind: 'enter-contest'; contest: string; runId: string };

/** The outcomes a shell may give to each transaction request. */
export const TRANSACTION_OUTCOMES = {
  'enter-contest': ['entered', 'already', 'closed'],
} as const satisfies Record<TransactionRequest['kind'], readonly string[]>;

export type TransactionOutcome = (typeof TRANSACTION_OUTCOMES)[TransactionRequest['kind']][number];

/** What became of a consent: unknown → pending (asked) → confirmed (the list's policy was met) → revoked. */
export type ConsentState = 'none' | 'pending' | 'confirmed' | 'revoked';

/**
 * What a decision makes happen: resolved data that the shell writes, one handler a kind. Closed.
 * `send` carries the final text; a text is part of the decision and never rendered twice.
 */
export type Effect =
  | {
      kind: 'send';
      id: string;
      runId: string | null;
      node: string | null;
      text: string;
      segments: number;
      purpose: Purpose;
      list: string | null;
    }
  | { kind: 'set-field'; field: string; value: Scalar }
  | {
      kind: 'consent';
      list: string;
      from: ConsentState;
      to: ConsentState;
      because: ConsentCause;
      shown: string | null;
    }
  | { kind: 'program-stop'; stopped: boolean; because: ConsentCause; word: string | null }
  | { kind: 'cancel-unsent' }
  | { kind: 'assign-arm'; experiment: string; arm: string; hashVersion: number }
  | { kind: 'expose'; experiment: string; arm: string; runId: string }
  | { kind: 'convert'; experiment: string; arm: string; goal: string; runId: string }
  | { kind: 'reach-goal'; goal: string; runId: string };

/** What moved a consent, as the ledger records it. */
export type ConsentCause =
  | 'asked'
  | 'opt-in'
  | 'double-opt-in'
  | 'unsubscribe'
  | 'stop'
  | 'start'
  | 'import'
  | 'person';
