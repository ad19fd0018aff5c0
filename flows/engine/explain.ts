import type { KeywordMatch, MatchKind } from '#shared/sms/keyword.ts';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { heard } from '#shared/sms/mask-personal.ts';
import { normalise, words } from '#shared/sms/text.ts';
import { type OutOfTerms, outOfTerms } from '../definition/terms.ts';
import { sentencesOf } from './explain-words.ts';
import type { Reply, ReplyFacts } from './node-kind.ts';
import {
  type Destination,
  isOpen,
  mayInterrupt,
  routeInbound,
  type Waiting,
  waitingRuns,
} from './route-inbound.ts';
import type { ContactState, Entrance, KeywordTarget, Meaning, Run, SenderWorld } from './world.ts';

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
 * another word), `held-back` by the flow that waits for a reply or by a word that goes first, or out of its terms.
 */
export type Verdict = 'meant' | 'less-specific' | 'ambiguous' | 'held-back' | OutOfTerms;

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

/** Why a text goes where it goes, as plain data and in sentences. */
export interface Explanation {
  raw: string;
  normalised: string;
  words: string[];
  /** The reserved word that it is as a whole; START words act only after a STOP. */
  reserved: { kind: Meaning; word: string; yields: boolean; acts: boolean } | null;
  /** Open questions, the one asked last first. */
  questions: OpenQuestion[];
  /** Keywords that it meets, the most specific first. */
  candidates: Candidate[];
  /** Null where no keyword is meant or nothing waits. */
  policy: Policy | null;
  goal: Goal;
  sentences: string[];
}

/** Explains what `routeInbound` does with a text, given the same. */
export function explain(
  raw: string,
  contact: ContactState,
  world: SenderWorld,
  facts: ReplyFacts = {},
): Explanation {
  const text = heard(raw);
  const reply: Reply = { ...facts, text, normalised: normalise(text) };
  const destination = routeInbound(text, contact, world, facts);
  const questions = waitingRuns(reply, contact);
  const best = world.keywords.find(reply.normalised, ({ terms }) => isOpen(terms, reply, contact));
  const explanation: Omit<Explanation, 'sentences'> = {
    raw,
    normalised: reply.normalised,
    words: words(reply.normalised),
    reserved: reservedOf(reply, contact, world),
    questions: questions.map(questionOf),
    candidates: candidatesOf(reply, best, destination, contact, world),
    policy: policyOf(questions[0], best),
    goal: goalOf(destination),
  };
  return { ...explanation, sentences: sentencesOf(explanation) };
}

function reservedOf(
  { normalised }: Reply,
  { stopped }: ContactState,
  { reserved, agentWords }: SenderWorld,
): Explanation['reserved'] {
  const found = matchReserved(normalised, reserved);
  if (found) {
    const { kind, word } = found;
    return { kind, word, yields: found.yields && kind !== 'stop', acts: kind !== 'start' || stopped };
  }
  const word = agentWords.get(normalised);
  return word === undefined ? null : { kind: 'agent', word, yields: true, acts: !stopped };
}

/** The keywords that count come first, in the order in which they are preferred. */
function candidatesOf(
  reply: Reply,
  best: KeywordMatch<KeywordTarget> | null,
  destination: Destination,
  { known }: ContactState,
  world: SenderWorld,
): Candidate[] {
  const found = world.keywords.candidates(reply.normalised).map((match) => {
    const { flow, word, medium, terms } = match.binding.target;
    const { matched, rest, score, typos } = match;
    const out = outOfTerms(terms, { known, now: reply.now });
    const verdict = out ?? verdictOf(match, best, destination);
    const kind = match.binding.match;
    const met = { flow: named(flow), word, match: kind, medium, matched, rest, score, typos, verdict };
    return { met, counts: out === null };
  });
  return [...found.filter(({ counts }) => counts), ...found.filter(({ counts }) => !counts)].map(
    ({ met }) => met,
  );
}

function verdictOf(
  match: KeywordMatch<KeywordTarget>,
  best: KeywordMatch<KeywordTarget> | null,
  destination: Destination,
): Verdict {
  if (best === null) return 'ambiguous';
  if (match.binding !== best.binding) return 'less-specific';
  return destination.to === 'flow' ? 'meant' : 'held-back';
}

const questionOf = ({ run, classified: { category, explicit } }: Waiting): OpenQuestion => ({
  flow: named(run.flow),
  step: stepOf(run),
  node: run.position.node,
  status: run.status,
  category,
  explicit,
});

function policyOf(newest: Waiting | undefined, match: KeywordMatch<KeywordTarget> | null): Policy | null {
  if (!newest || !match) return null;
  const { by, except } = newest.run.flow.compiled.definition.interruptible;
  return { flow: named(newest.run.flow), by, except, letsIn: mayInterrupt(newest.run, match) };
}

function goalOf(destination: Destination): Goal {
  switch (destination.to) {
    case 'run': {
      const { rule, run, classified } = destination;
      const { category } = classified;
      return { to: rule, flow: named(run.flow), step: stepOf(run), node: run.position.node, category };
    }
    case 'flow':
      return { to: 'flow', flow: named(destination.match.binding.target.flow) };
    case 'closed': {
      const { word, flow } = destination.keyword;
      return { to: 'closed', word, name: flow.name };
    }
    case 'fallback':
      return { to: 'fallback', flow: named(destination.entrance.flow) };
    default:
      return destination;
  }
}

const named = ({ flowId, version, compiled }: Entrance['flow']): NamedFlow => ({
  id: flowId,
  name: compiled.definition.name,
  version,
});

const stepOf = ({ flow, position: { node } }: Run): string => flow.compiled.nodes.get(node)?.title ?? node;
