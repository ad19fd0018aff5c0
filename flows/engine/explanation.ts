import type { MatchKind } from '#shared/sms/keywords/binding.ts';
import type { OutOfTerms } from '../definition/terms.ts';
import type { Meaning, Run } from './world.ts';

/** Why a text goes where it goes, as plain data and in sentences. */
export interface Explanation {
  raw: string;
  normalised: string;
  words: string[];
  /** The reserved word that it is as a whole; START words act only after a STOP. */
  reserved: { kind: Meaning; word: string; yields: boolean; acts: boolean } | null;
  /** Words of it that may be a STOP: somebody has to read them. */
  doubt: string | null;
  /** Open questions, the one asked last first. */
  questions: OpenQuestion[];
  /** Keywords that it meets, the most specific first. */
  candidates: Candidate[];
  /** Null where no keyword is meant or nothing waits. */
  policy: Policy | null;
  goal: Goal;
  sentences: string[];
}

/** A flow as an explanation names it. */
export interface NamedFlow {
  id: string;
  name: string;
  version: number;
}

/** A question that was open, and what the text would be to it. */
export interface OpenQuestion {
  flow: NamedFlow;
  /** The step, by its title or id. */
  step: string;
  node: string;
  status: Run['status'];
  category: string;
  /** The person named this answer, rather than saying anything. */
  explicit: boolean;
}

/**
 * What became of a keyword that the text meets: `meant`, `less-specific` than that one, `ambiguous` (a typo away, and so is
 * another word), `held-back` by the flow that waits for a reply or by a word that goes first, met only `in-passing` where the text
 * would have to begin with it, or out of its terms.
 */
export type Verdict = 'meant' | 'less-specific' | 'ambiguous' | 'held-back' | 'in-passing' | OutOfTerms;

/** A keyword that the text meets. */
export interface Candidate {
  flow: NamedFlow;
  word: string;
  match: MatchKind;
  medium: string | null;
  /** What of the text it took, and what it left. */
  matched: string;
  rest: string;
  /** How specific it is; the highest wins. */
  score: number;
  typos: number;
  verdict: Verdict;
}

/** Whether the flow that waits for a reply lets the keyword in. */
export interface Policy {
  flow: NamedFlow;
  by: 'keywords' | 'nothing';
  except: readonly string[];
  letsIn: boolean;
}

/** Where the text goes. */
export type Goal =
  | { to: Meaning; word: string }
  | {
      to: 'answer' | 'older-answer' | 'catch-all';
      flow: NamedFlow;
      step: string;
      node: string;
      category: string;
    }
  | { to: 'flow' | 'fallback'; flow: NamedFlow }
  | { to: 'closed'; word: string; name: string }
  | { to: 'nobody' };
