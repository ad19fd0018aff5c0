import type { Condition, Scalar } from './condition.ts';
import type { ConsentState } from './consent/list-consent.ts';
import type { Standing } from './consent/standing.ts';
import type { OpeningHours } from './opening-hours.ts';

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
  /** What becomes of the text that was sent just before. */
  | { kind: 'delivery' }
  /** `until: 'opening'` wakes when the window that was just found closed opens; `afterSeconds` where nobody said when that is. */
  | { kind: 'wake'; afterSeconds: number; until?: 'opening' }
  | { kind: 'branch'; cases: readonly { port: string; when: Condition }[]; otherwise: string }
  | { kind: 'split'; experiment: string; arms: readonly { id: string; weight: number }[] }
  | { kind: 'subscribe'; list: string; proof: 'asked' | 'single' | 'double' }
  | { kind: 'unsubscribe'; list: string }
  /** The person answered whether they are so many years old. */
  | { kind: 'age'; years: number; passed: boolean }
  | { kind: 'set-field'; field: string; value: Scalar | { field: string } | { answer: string } }
  | { kind: 'goal'; goal: string }
  | { kind: 'enter-contest'; contest: string }
  /** A code of a pool, kept as the answer `as`. */
  | { kind: 'claim-voucher'; pool: string; as: string }
  | { kind: 'tag'; add: readonly string[]; remove: readonly string[] }
  | { kind: 'window'; hours: OpeningHours; zone: string }
  | { kind: 'link'; field: string; name: string }
  | { kind: 'notify'; field: string; email: boolean }
  | WebhookRequest
  | { kind: 'email'; to: string; subject: string; body: string };

/** An HTTP request as its author drew it. `url` and the values of `headers` and `fields` name texts of the node. */
export interface WebhookRequest {
  kind: 'webhook';
  method: HttpMethod;
  url: string;
  headers: readonly { name: string; field: string }[];
  fields: readonly { name: string; field: string }[];
  timeoutSeconds: number;
  /** What is kept of the answer: JSON Pointers (RFC 6901) and the names of answers. */
  save: readonly SavedValue[];
  /** What the phone keeps where nobody said what the far end answered. */
  sample: Readonly<Record<string, Scalar>>;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface SavedValue {
  from: string;
  as: string;
}

export type EffectKind = EffectRequest['kind'];

/**
 * Who answers an effect and when: `never`; `engine`, at once and from facts already read under the contact's lock;
 * `transaction`, by the shell before it commits; `later`, by the shell once what was asked for has been tried outside.
 */
export const ANSWERED = {
  send: 'engine',
  delivery: 'later',
  wake: 'never',
  branch: 'engine',
  split: 'engine',
  subscribe: 'never',
  unsubscribe: 'never',
  age: 'never',
  'set-field': 'never',
  goal: 'never',
  'enter-contest': 'transaction',
  'claim-voucher': 'transaction',
  tag: 'never',
  window: 'transaction',
  link: 'engine',
  notify: 'never',
  webhook: 'later',
  email: 'later',
} as const satisfies Record<EffectKind, 'never' | 'engine' | 'transaction' | 'later'>;

/** What the shell is asked to settle inside the transaction; it resumes the decision with one of the outcomes. */
export type TransactionRequest =
  | { kind: 'enter-contest'; contest: string; runId: string }
  | {
      kind: 'claim-voucher';
      pool: string;
      runId: string;
      /** For what came of it: the version that gave the code, and the arms its run was in. */
      versionId: string;
      arms: Readonly<Record<string, string>>;
    }
  | { kind: 'window'; hours: OpeningHours; zone: string; runId: string };

/** The outcomes a shell may give to each transaction request. */
export const TRANSACTION_OUTCOMES = {
  'enter-contest': ['entered', 'already', 'closed'],
  'claim-voucher': ['given', 'had', 'none-left'],
  window: ['open', 'closed'],
} as const satisfies Record<TransactionRequest['kind'], readonly string[]>;

export type TransactionOutcome = (typeof TRANSACTION_OUTCOMES)[TransactionRequest['kind']][number];

/** What the shell says to a transaction request. `until`: when a closed window opens, in milliseconds since 1970; `value`: a voucher's code. */
export interface TransactionAnswer {
  outcome: TransactionOutcome;
  until?: number;
  value?: string;
}

/** The outcomes of what is answered later, the ordinary one first. */
export const LATER_OUTCOMES = {
  delivery: ['delivered', 'failed'],
  webhook: ['ok', 'error', 'timeout'],
  email: ['sent', 'failed', 'not-configured'],
} as const satisfies Partial<Record<EffectKind, readonly string[]>>;

export type LaterKind = keyof typeof LATER_OUTCOMES;

export const isLaterKind = (kind: string): kind is LaterKind => Object.hasOwn(LATER_OUTCOMES, kind);

/** What the shell has to do outside the transaction and then answer: resolved, nothing in it is a template any more. */
export type LaterCall =
  | {
      kind: 'webhook';
      method: HttpMethod;
      url: string;
      headers: Readonly<Record<string, string>>;
      /** Sent as a JSON object; with GET and DELETE it goes into the address. */
      fields: Readonly<Record<string, Scalar>>;
      timeoutSeconds: number;
      save: readonly SavedValue[];
    }
  | { kind: 'email'; to: string; subject: string; body: string }
  /** Nobody is called: the carrier reports what became of a text. */
  | { kind: 'delivery'; messageId: string };

export type { ConsentState, Scalar };

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
      /** When it was given, where that was not now. */
      since?: number;
    }
  | { kind: 'age'; years: number; from: ConsentState; to: ConsentState; because: ConsentCause }
  | { kind: 'standing'; from: Standing; to: Standing; because: ConsentCause; words: string | null }
  | { kind: 'cancel-unsent' }
  | { kind: 'assign-arm'; experiment: string; arm: string; hashVersion: number }
  | { kind: 'expose'; experiment: string; arm: string; runId: string }
  | { kind: 'convert'; experiment: string; arm: string; goal: string; runId: string }
  | { kind: 'reach-goal'; goal: string; runId: string }
  /** A text carries a voucher's code; null: it was handed on by another way, such as an e-mail. */
  | { kind: 'carry-voucher'; pool: string; code: string; messageId: string | null }
  | { kind: 'tag'; add: readonly string[]; remove: readonly string[] }
  | { kind: 'make-link'; code: string; runId: string; node: string; name: string; url: string }
  | { kind: 'notify'; id: string; runId: string; node: string; text: string; email: boolean }
  | {
      kind: 'call';
      id: string;
      runId: string;
      node: string;
      /** The run's sequence while it waits: an answer that carries another one is late. */
      seq: number;
      /** The person's text that is under way, so that what follows the answer still replies to it. */
      message: string | null;
      call: LaterCall;
      /** What the phone keeps of an ordinary answer; the server never sees it. */
      sample: Readonly<Record<string, Scalar>>;
    };

/**
 * What moved a consent, as the ledger records it. `unsure`: words that may be a STOP; `person`: somebody of ours decided;
 * `undone`: and took that back; `gateway`: its own block list says so; `lapsed`: unanswered or unused too long; `implied`: an
 * import says that it follows from something else, such as a purchase; `age`: the person answered how old they are;
 * `given-up`: the number is somebody else's now, or will be.
 */
export type ConsentCause =
  | 'asked'
  | 'opt-in'
  | 'double-opt-in'
  | 'unsubscribe'
  | 'stop'
  | 'start'
  | 'unsure'
  | 'import'
  | 'implied'
  | 'age'
  | 'person'
  | 'undone'
  | 'gateway'
  | 'lapsed'
  | 'erased'
  | 'given-up';
