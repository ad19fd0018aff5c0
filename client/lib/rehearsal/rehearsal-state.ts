import type { SavedConversation } from '#shared/api/conversations.ts';
import type { CompiledFlow } from '#flows/engine/compile.ts';
import type { Scalar } from '#flows/engine/effects.ts';
import type { Run } from '#flows/engine/world.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { ChatLine } from './chat.ts';
import type { Move } from './moves.ts';
import type { WalkedPath } from './path.ts';
import type { Stage } from './stage.ts';
import type { Suggestion } from './suggestions.ts';

/** Who holds the phone. The number decides the arm of an experiment. */
export interface Person {
  phone: string;
  language: string | null;
  fields: Readonly<Record<string, Scalar>>;
}

/** What goes wrong on purpose. */
export interface Faults {
  /** Contests that take no entries any more. */
  closedContests: readonly string[];
  /** Pools of vouchers that have no code left. */
  emptyPools: readonly string[];
  /** What is asked of the outside waits until somebody answers it; else it is answered at once, and well. */
  holds: boolean;
}

/** Everything the phone and the canvas show of a rehearsal. */
export interface RehearsalState {
  flow: { id: string; compiled: CompiledFlow } | null;
  /** The step it begins at, where that is not the first. */
  from: string | null;
  stage: Stage;
  person: Person;
  faults: Faults;
  lines: readonly ChatLine[];
  now: number;
  run: Readonly<Run> | null;
  consents: Readonly<Record<string, string>>;
  suggestions: readonly Suggestion[];
  /** Seconds until something happens by itself, or null when nothing will. */
  nextWake: number | null;
  path: WalkedPath;
  /** The conversation was played again because the drawing changed. */
  replayed: boolean;
}

/** A chat so far, and what was known of the person before it. */
export interface Recorded {
  chat: Omit<SavedConversation, 'name' | 'begins'>;
  /**
   * When it may have to begin to read the same where it is played by UTC, the likeliest first: at the phone's own moment, and where
   * clocks of other zones decide about opening hours, when UTC tells the hour that they told.
   */
  moments: readonly string[];
}

/** The phone of the editor: a flow, a person, and the conversation they have. */
export interface Rehearsal {
  store: StoreApi<RehearsalState>;
  /** Puts a flow on the phone. The same flow again, edited, has the conversation so far played again. */
  open: (id: string, compiled: CompiledFlow) => void;
  close: () => void;
  /** Does something and returns the texts that come back. An edited flow is rehearsed again with the same moves. */
  move: (move: Move) => string[];
  says: (text: string) => string[];
  waits: (seconds: number) => string[];
  /** The chat so far, to be saved; null where there is none, or where it does not begin where the flow does. */
  recorded: () => Recorded | null;
  restart: () => void;
  /** Begins anew at a step, as if its keyword led there; null for the first one. */
  startFrom: (step: string | null) => void;
  setStage: (stage: Stage) => void;
  setPerson: (person: Person) => void;
  setFaults: (faults: Faults) => void;
}

/** Everything outside does what it should. */
export const NO_FAULTS: Faults = { closedContests: [], emptyPools: [], holds: false };
/** Who texts until somebody else is chosen: a number that is nobody’s. */
export const FIRST_PERSON: Person = { phone: '+12025550101', language: null, fields: {} };
