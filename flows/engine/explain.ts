import type { KeywordMatch } from '#shared/sms/keywords/binding.ts';
import { matchReserved } from '#shared/sms/reserved-words.ts';
import { heard } from '#shared/sms/mask-personal.ts';
import { normalise, words } from '#shared/sms/text.ts';
import { outOfTerms } from '../definition/terms.ts';
import { sentencesOf } from './explain-words.ts';
import type {
  Candidate,
  Explanation,
  Goal,
  NamedFlow,
  OpenQuestion,
  Policy,
  Verdict,
} from './explanation.ts';
import type { Reply, ReplyFacts } from './node-kind.ts';
import {
  begins,
  type Destination,
  doubtfulWish,
  isOpen,
  mayInterrupt,
  routeInbound,
  type Waiting,
  waitingRuns,
} from './route-inbound.ts';
import type { ContactState, Entrance, KeywordTarget, Run, SenderWorld } from './world.ts';

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
  const doubt = doubtfulWish(reply, destination, contact, world);
  const explanation: Omit<Explanation, 'sentences'> = {
    raw,
    normalised: reply.normalised,
    words: words(reply.normalised),
    reserved: reservedOf(reply, contact, world),
    doubt,
    questions: questions.map(questionOf),
    candidates: candidatesOf(
      reply,
      best,
      { destination, isWary: doubt !== null || contact.stopped },
      contact,
      world,
    ),
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

/** Where a text went, and whether it may be a STOP or comes after one: then only keywords count that it begins with. */
interface Outcome {
  destination: Destination;
  isWary: boolean;
}

/** The keywords that count come first, in the order in which they are preferred. */
function candidatesOf(
  reply: Reply,
  best: KeywordMatch<KeywordTarget> | null,
  outcome: Outcome,
  { known }: ContactState,
  world: SenderWorld,
): Candidate[] {
  const found = world.keywords.candidates(reply.normalised).map((match) => {
    const { flow, word, medium, terms } = match.binding.target;
    const { matched, rest, score, typos } = match;
    const out = outOfTerms(terms, { known, now: reply.now });
    const verdict = out ?? verdictOf(match, best, outcome, reply);
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
  { destination, isWary }: Outcome,
  reply: Reply,
): Verdict {
  if (best === null) return 'ambiguous';
  if (match.binding !== best.binding) return 'less-specific';
  if (destination.to === 'flow') return 'meant';
  return isWary && !begins(best, reply) ? 'in-passing' : 'held-back';
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
