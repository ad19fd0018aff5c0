import type { KeywordIndex } from '#shared/sms/keyword.ts';
import type { ReservedKind, ReservedWords } from '#shared/sms/reserved-words.ts';
import type { Terms } from '../definition/terms.ts';
import type { CompiledFlow } from './compile.ts';
import type { ConsentState, Effect, LaterKind, Purpose, Scalar } from './effects.ts';
import type { Outcome } from './events.ts';
import type { HeldConsent, ListPolicy } from './consent/terms.ts';
import type { Refusal } from './gate.ts';
import type { ReplyFacts } from './node-kind.ts';
import type { Position } from './step.ts';

/** A published version, ready to run. Versions never change, so this can be cached for ever by `versionId`. */
export interface PublishedFlow {
  flowId: string;
  versionId: string;
  version: number;
  compiled: CompiledFlow;
}

/** A way into a flow, as one of its triggers describes it. */
export interface Entrance {
  flow: PublishedFlow;
  medium: string | null;
  /** The language people want who come in here, or null where it says nothing about that. */
  language: string | null;
  /** When and for whom it is open; null: always and for everybody. */
  terms: Terms | null;
}

/** What a bound keyword leads to. `word` is the keyword as the author typed it. */
export interface KeywordTarget extends Entrance {
  word: string;
}

/** A keyword whose flow is paused or archived: people still read it on posters. */
export interface ClosedKeyword {
  word: string;
  flow: { id: string; name: string };
}

/** What a reserved word means: STOP, START or HELP, or AGENT where the program answers those who want to talk to somebody. */
export type Meaning = ReservedKind | 'agent';

/** The words of the program a sender belongs to: who is texting, and what HELP, STOP, START and AGENT are answered with. */
export interface ProgramTexts {
  brand: string;
  help: string;
  stopped: string;
  restarted: string;
  /** Without one, AGENT is a word like any other. */
  agent?: string;
  /** What the keyword of a flow that is not running is answered with; without one, it is a word like any other. */
  closed?: string;
  /** What a keyword of somebody is answered with whom the gateway itself has blocked: only their START opens it again. */
  blocked?: string;
  /** False where the gateway or network confirms STOP by itself: there are never two confirmations. */
  confirmsStop: boolean;
  /** Texts at which the network itself stops people and tells them, as it does on toll-free numbers; normalised. */
  networkStops?: ReadonlySet<string>;
}

/** All that decides about a text besides the person: one sender's published keywords, program and lists. */
export interface SenderWorld {
  keywords: KeywordIndex<KeywordTarget>;
  /** Where texts go that nothing else takes; the first that is open counts. */
  unmatched: readonly Entrance[];
  /** Keywords of flows that are not running. */
  closed?: KeywordIndex<ClosedKeyword>;
  reserved: ReservedWords;
  /** Words of those who want to talk to somebody, by their normalised form; none where the program has no answer. */
  agentWords: ReadonlyMap<string, string>;
  /** The languages the program speaks, in which a wish to hear no more is understood. */
  languages: readonly string[];
  program: ProgramTexts;
  lists: ReadonlyMap<string, ListPolicy>;
  /** What the addresses of short links begin with, such as https://txt.example.com/l/. */
  linkBase?: string;
}

export type RunStatus = 'active' | 'parked' | 'ended';

/** One contact's passage through one flow version on one sender. Times are milliseconds since 1970. */
export interface Run {
  id: string;
  flow: PublishedFlow;
  position: Position;
  /** Counts every change of state; a wake-up or late answer that carries another number is late. */
  seq: number;
  status: RunStatus;
  outcome: Outcome | null;
  wakeAt: number | null;
  startedAt: number;
  /** The keyword, its medium, and what the person wrote behind it. */
  entry: { keyword: string | null; medium: string | null; rest: string | null };
}

/** Facts about a person, read under the contact's lock. `decide` owns and changes it. */
export interface ContactState {
  phone: string;
  /** Texted us before, or was imported: not a stranger. */
  known: boolean;
  language: string | null;
  fields: Record<string, Scalar>;
  /** Words that people and flows have put on the contact. */
  tags?: readonly string[];
  /** Said STOP to this sender's program. */
  stopped: boolean;
  /** Wrote what may be a STOP to this sender's program, and nobody has read it yet. */
  frozen?: boolean;
  /** Is stopped by the gateway's own list, which no text of ours gets round: only START opens it again. */
  blocked?: boolean;
  consents: Record<string, HeldConsent>;
  /** When the person's standing with this sender's program began; left out where nobody knows. */
  standingSince?: number;
  /** Whether the person answered to have an age, by its years: `confirmed` they have, `revoked` they have not. */
  ages?: Readonly<Record<number, ConsentState>>;
  arms: Record<string, string>;
  /** Runs on this sender that have not ended, newest first. */
  runs: Run[];
  /** Runs on other senders of the same program: a STOP ends them too, nothing else reaches them. */
  otherRuns?: Run[];
}

/** Something that happened to a contact, in the order it was accepted. */
export type Happening =
  /**
   * `saidAt`: when it was texted, where it is read so much later that the person may have said STOP since. `decidedAt`: when it is
   * decided, where that is later than it was taken in: only then goes out what it is answered with, and waits begin.
   */
  | ({ kind: 'message'; text: string; at: number; saidAt?: number; decidedAt?: number } & MessageFacts)
  /**
   * `due`: when the wake-up was due that somebody found. One that has been put off since is late. `asksAt`: when the text of the step goes
   * out at the earliest, where something keeps it from going out still.
   */
  | { kind: 'wake'; runId: string; seq: number; due?: number; asksAt?: number; at: number }
  | StartOrder
  | TextOrder
  | { kind: 'delivery'; runId: string; state: 'delivered' | 'failed'; at: number }
  | { kind: 'cancel'; runId: string; at: number }
  | LaterAnswer
  | ConsentOrder
  /** `heard`: runs that have heard of it already, where it is told again for the others. */
  | { kind: 'event'; name: string; key: string | null; value: Scalar; heard?: readonly string[]; at: number };

/** Somebody wants a flow begun with the person. It answers no text of theirs, so the gate treats what it sends so. */
export interface StartOrder {
  kind: 'start';
  flow: PublishedFlow;
  at: number;
  /** The id that the run gets, so that whoever ordered it can name it. */
  id?: string;
  /** What is known of the person, and what the run remembers before its first step. */
  fields?: Readonly<Record<string, Scalar>>;
  answers?: Readonly<Record<string, Scalar>>;
  /** Ends a run of this flow that is under way and begins anew; otherwise that one goes on and nothing begins. */
  anew?: boolean;
}

/** Somebody wants one text sent to the person, outside any flow. */
export interface TextOrder {
  kind: 'text';
  text: string;
  purpose: Purpose;
  list: string | null;
  at: number;
}

/**
 * Something other than the person's own text moves what may be sent to them: a member of the team who read a text that may be a
 * STOP (`revoke`, `release`, `reopen`), the gateway's own block list (`block`), an import (`grant`), time (`lapse`, where the
 * consent still stands as it did and is over by its terms), a number that its person gave up (`give-up`), or their wish to be forgotten
 * (`erase`).
 */
export type ConsentOrder = {
  kind: 'consent';
  /** The words it is about, for the ledger. */
  words: string | null;
  at: number;
} & (
  | { do: 'revoke'; confirm: boolean }
  | { do: 'release' | 'reopen' | 'block' | 'give-up' | 'erase' }
  | { do: 'grant'; list: string; basis?: 'express' | 'implied'; since?: number }
  | { do: 'lapse'; list: string; from: ConsentState }
);

/** What the shell knows of a text besides its words. */
export type MessageFacts = Pick<ReplyFacts, 'media' | 'offsetMinutes'>;

/** What became of something that was asked for outside the transaction. */
export interface LaterAnswer {
  kind: 'answer';
  runId: string;
  /** The run's sequence when it asked. */
  seq: number;
  effect: LaterKind;
  outcome: string;
  values: Readonly<Record<string, Scalar>>;
  /** The person's text that was under way, null where there was none or where it is too long ago to be replied to. */
  message: string | null;
  at: number;
}

/** Why a text did what it did: the rule that took it, and what it led to. */
export type Route =
  | { by: 'reserved'; word: string; meaning: Meaning }
  | {
      by: 'answer' | 'older-answer' | 'catch-all';
      runId: string;
      flowId: string;
      node: string;
      category: string;
    }
  | { by: 'keyword'; word: string; flowId: string; version: number; medium: string | null; resumed: boolean }
  /** The keyword of a flow that is paused or archived. */
  | { by: 'closed'; word: string; flowId: string }
  /** Nothing took it; `flowId` is the flow that starts then, if there is one. */
  | { by: 'unmatched'; flowId: string | null; version: number | null; resumed: boolean }
  /** `refused`: the person has said STOP, or is in this flow already (`runId`). */
  | { by: 'start'; runId: string; flowId: string; refused: null | 'already' }
  | { by: 'start'; runId: null; flowId: string; refused: 'stopped' }
  | { by: 'text'; runId: null; flowId: null; refused: Refusal | null }
  | {
      /** `overtaken`: the text is older than the STOP, or what may be one, that was read before it. */
      by: 'wake' | 'delivery' | 'cancel' | 'later' | 'event' | 'consent' | 'overtaken';
      runId: string | null;
      flowId: string | null;
    };

/** A line of a run's history, compact enough to store for every message. */
export type TrailStep =
  | { do: 'event'; type: string }
  | { do: 'pass'; from: string; port: string; to: string }
  | { do: 'sent'; node: string; id: string }
  | { do: 'suppressed'; node: string; reason: string }
  | { do: 'ignored' | 'late'; type: string }
  /** Time ran out before the text of the step had gone out: it is given anew. */
  | { do: 'unasked' }
  /** `error` is a sentence for people; `fault` what was thrown, where that says it to nobody but us. */
  | { do: 'failed'; error: string; fault?: string }
  /** Somebody let it go on with another version, by their numbers. */
  | { do: 'moved'; from: number; to: number }
  | { do: 'ended'; outcome: Outcome };

export interface Trail {
  runId: string;
  steps: TrailStep[];
}

/** All that one happening causes, ready to be written in one transaction. */
export interface Decision {
  route: Route;
  effects: Effect[];
  /** Runs that were created or changed. */
  runs: Run[];
  trails: Trail[];
}

/** What a decision needs from outside besides facts: identities come in as data. */
export interface Identity {
  newId: () => string;
  /** A code for a short link, hard to guess; an id where nobody makes any. */
  newCode?: () => string;
}
