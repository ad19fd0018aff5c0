import { assertNever } from '#shared/assert-never.ts';
import { type Condition, conditionVariables, holds } from '../engine/condition.ts';
import {
  type ConsentState,
  type EffectRequest,
  type Purpose,
  TRANSACTION_OUTCOMES,
  type TransactionOutcome,
} from '../engine/effects.ts';
import type { RunEvent } from '../engine/events.ts';
import { consentAfterJoining, gate, liftsStop, type Refusal } from '../engine/gate.ts';
import {
  armFact,
  contestFact,
  type Fork,
  forget,
  learn,
  listFact,
  type Person,
  possibilities,
  STOPPED,
  variablesFrom,
  wonder,
} from './facts.ts';
import type { Ground } from './ground.ts';

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
      stopped: boolean;
    }
  | { do: 'join'; node: string; list: string; proof: 'asked' | 'single' | 'double'; to: ConsentState }
  | { do: 'leave'; node: string; list: string }
  | { do: 'arm'; node: string; experiment: string; arm: string }
  | { do: 'goal'; node: string; goal: string }
  | { do: 'set'; node: string; field: string }
  | { do: 'outcome'; node: string; outcome: TransactionOutcome }
  | { do: 'failed'; error: string };

/** A text that the gate was asked about. */
export type Sending = Extract<Note, { do: 'send' }>;

export const isSending = (note: Note): note is Sending => note.do === 'send';

/** A text that went out. */
export const isSent = (note: Note): note is Sending => note.do === 'send' && note.refusal === null;

/** One way in which a request may be settled. */
export interface Settled {
  fork: Fork;
  next: RunEvent | null;
  note: Note | null;
  /** It takes something that nobody can bring about in a conversation. */
  forced?: boolean;
}

/**
 * Settles one request of a fragment in every way the outside can: as the engine does with known facts, and in all ways where a
 * fact is not known. The gate, the list's policy and conditions are the engine's own.
 */
export function settle(
  request: EffectRequest,
  node: string,
  fork: Fork,
  answers: boolean,
  ground: Ground,
  person: Person,
): Settled[] {
  switch (request.kind) {
    case 'send':
      return send(request, node, fork, answers, ground, person);
    case 'wake':
      return [{ fork, next: null, note: null }];
    case 'branch':
      return branch(request.cases, request.otherwise, fork, ground, person);
    case 'split':
      return split(request, node, fork, person);
    case 'subscribe':
      return subscribe(request, node, fork, ground, person);
    case 'unsubscribe': {
      const { list } = request;
      const facts = learn(fork.facts, listFact(list), 'revoked');
      return [{ fork: { ...fork, facts }, next: null, note: { do: 'leave', node, list } }];
    }
    case 'set-field':
      return [
        {
          fork: { ...fork, facts: withField(request, node, fork, ground) },
          next: null,
          note: { do: 'set', node, field: request.field },
        },
      ];
    case 'goal':
      return [{ fork, next: null, note: { do: 'goal', node, goal: request.goal } }];
    case 'enter-contest':
      return enterContest(request.contest, node, fork, person);
    default:
      return assertNever(request);
  }
}

type Request<Kind extends EffectRequest['kind']> = Extract<EffectRequest, { kind: Kind }>;

function send(
  request: Request<'send'>,
  node: string,
  fork: Fork,
  answers: boolean,
  { domains }: Ground,
  person: Person,
): Settled[] {
  const { purpose, field } = request;
  const list = request.list ?? null;
  const ask = (one: Fork) => {
    const consent = list === null ? 'none' : consentIn(one, list);
    const stopped = one.facts.get(STOPPED) === true;
    const refusal = gate({ purpose, consent, stopped, answersMessage: answers });
    return { fork: one, consent, stopped, refusal };
  };
  const wondered = (forks: Fork[], fact: string) =>
    forks.flatMap((one) => wonder(one, fact, possibilities(fact, person, domains)));
  let cases = wondered([fork], STOPPED).flatMap((one) =>
    list === null ? [ask(one)] : merged(one, wondered([one], listFact(list)).map(ask)),
  );
  cases = merged(fork, cases);
  const settled = cases.map(({ refusal, ...seen }): Settled => {
    const note: Note = {
      do: 'send',
      node,
      field,
      purpose,
      list,
      refusal,
      consent: seen.consent,
      stopped: seen.stopped,
    };
    return { fork: seen.fork, next: refusal ? SUPPRESSED : ACCEPTED, note };
  });
  const accepted = settled.find(({ next }) => next === ACCEPTED);
  if (accepted?.note?.do !== 'send') return settled;
  return [
    ...settled,
    { ...accepted, next: SUPPRESSED, note: { ...accepted.note, refusal: 'forced' }, forced: true },
  ];
}

const ACCEPTED: RunEvent = { type: 'answer.send.accepted' };
const SUPPRESSED: RunEvent = { type: 'answer.send.suppressed' };

/** Where it comes out the same whatever the fact is, the fact stays unknown. */
function merged<Case extends { fork: Fork; refusal: Refusal | null }>(before: Fork, cases: Case[]): Case[] {
  const [first] = cases;
  if (!first || cases.some(({ refusal }) => refusal !== first.refusal)) return cases;
  return [{ ...first, fork: before }];
}

const STATES: readonly ConsentState[] = ['none', 'pending', 'confirmed', 'revoked'];

const consentIn = ({ facts }: Fork, list: string): ConsentState =>
  STATES.find((state) => state === facts.get(listFact(list))) ?? 'none';

/** Tries the cases in order, and looks at a variable only when a case reads it. */
function branch(
  cases: readonly { port: string; when: Condition }[],
  otherwise: string,
  fork: Fork,
  ground: Pick<Ground, 'domains' | 'sender'>,
  person: Person,
): Settled[] {
  const { domains, sender } = ground;
  const [first, ...rest] = cases;
  const done = (one: Fork, port: string): Settled => ({
    fork: one,
    next: { type: `answer.branch.${port}` },
    note: null,
  });
  if (!first) return [done(fork, otherwise)];
  let forks = [fork];
  for (const variable of new Set(conditionVariables(first.when))) {
    if (variable.startsWith('program.')) continue;
    forks = forks.flatMap((one) => wonder(one, variable, possibilities(variable, person, domains)));
  }
  return forks.flatMap((one) =>
    holds(first.when, variablesFrom(one.facts, sender.program.brand))
      ? [done(one, first.port)]
      : branch(rest, otherwise, one, ground, person),
  );
}

/** Everybody without an arm is drawn for one that has a weight; an arm without one keeps those who had it before. */
function split({ experiment, arms }: Request<'split'>, node: string, fork: Fork, person: Person): Settled[] {
  const fact = armFact(experiment);
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = arms.filter(({ weight }, at) => (total > 0 ? weight > 0 : at === 0));
  const kept = person === 'anyone' ? arms.filter((arm) => !drawn.includes(arm)) : [];
  const ids = [...drawn, ...kept].map(({ id }) => id);
  const stored = fork.facts.get(fact);
  const known = typeof stored === 'string' && arms.some(({ id }) => id === stored);
  const open = known ? fork : { ...fork, facts: without(fork.facts, fact) };
  return wonder(open, fact, ids).map((one) => {
    const arm = String(one.facts.get(fact));
    return { fork: one, next: { type: `answer.split.${arm}` }, note: { do: 'arm', node, experiment, arm } };
  });
}

function without(facts: Fork['facts'], fact: string): Fork['facts'] {
  if (!facts.has(fact)) return facts;
  const others = new Map(facts);
  others.delete(fact);
  return others;
}

function subscribe(
  { list, proof }: Request<'subscribe'>,
  node: string,
  fork: Fork,
  { sender, domains }: Ground,
  person: Person,
): Settled[] {
  const fact = listFact(list);
  const policy = sender.lists.get(list) ?? { optIn: 'double' };
  const after = wonder(fork, fact, possibilities(fact, person, domains)).map((one) => ({
    one,
    to: consentAfterJoining(consentIn(one, list), policy, proof),
  }));
  const outcomes = [...new Map(after.toReversed().map((each) => [each.to, each])).values()].reverse();
  const isCertain = outcomes.length === 1;
  return outcomes.map(({ one, to }) => {
    let facts = learn(one.facts, fact, to);
    if (liftsStop(to, proof)) facts = learn(facts, STOPPED, false);
    const assumed = isCertain ? fork.assumed : one.assumed;
    return { fork: { facts, assumed }, next: null, note: { do: 'join', node, list, proof, to } };
  });
}

function withField(
  { field, value }: Request<'set-field'>,
  node: string,
  { facts }: Fork,
  { compiled, domains, sender }: Ground,
): Fork['facts'] {
  const variable = `contact.${field}`;
  if (!domains.has(variable)) return facts;
  if (value === null || typeof value !== 'object') return learn(facts, variable, value);
  if ('answer' in value) return learn(facts, variable, facts.get(`answers.${value.answer}`) ?? null);
  const text = compiled.text(node, value.field, '');
  if (text.variables.length > 0) return forget(facts, variable);
  return learn(facts, variable, text.render(variablesFrom(facts, sender.program.brand)));
}

/** Who has entered stays entered, and a contest that is over stays over. */
function enterContest(contest: string, node: string, fork: Fork, person: Person): Settled[] {
  const fact = contestFact(contest);
  const before = fork.facts.get(fact);
  const isNew = person === 'newcomer';
  const outcomes = TRANSACTION_OUTCOMES['enter-contest'].filter((outcome) => {
    if (before === 'closed') return outcome === 'closed';
    if (before === undefined) return !isNew || outcome !== 'already';
    return outcome === 'already' || (outcome === 'closed' && !isNew);
  });
  return outcomes.map((outcome) => ({
    fork: {
      facts: learn(fork.facts, fact, outcome === 'closed' ? 'closed' : 'entered'),
      assumed: before === undefined ? [...fork.assumed, { fact, value: outcome, sure: true }] : fork.assumed,
    },
    next: { type: `answer.enter-contest.${outcome}` },
    note: { do: 'outcome', node, outcome },
  }));
}
