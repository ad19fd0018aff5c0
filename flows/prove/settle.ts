import type { EffectRequest } from '../engine/effects.ts';
import { LANGUAGE_FIELD } from '../engine/drive.ts';
import { consentAfterJoining, liftsStop } from '../engine/gate.ts';
import { ageFact, armFact, type Fork, listFact, STOPPED, UNASKED } from './facts.ts';
import { possibilities, type Scene } from './scene.ts';
import { settleBranch, variablesFrom } from './settle-branch.ts';
import { settleSend } from './settle-send.ts';
import { settleInTransaction } from './settle-transaction.ts';
import type { Settled } from './settled.ts';

type Request<Kind extends EffectRequest['kind']> = Extract<EffectRequest, { kind: Kind }>;

/**
 * Settles one request of a fragment in every way the outside can: as the engine does with known facts, and in all ways where a
 * fact is not known. The gate, the lists' policies and conditions are the engine's own.
 */
export function settle(
  request: EffectRequest,
  node: string,
  fork: Fork,
  answers: boolean,
  scene: Scene,
): Settled[] {
  switch (request.kind) {
    case 'send':
      return settleSend(request, node, fork, answers, scene);
    case 'branch':
      return settleBranch(request.cases, request.otherwise, fork, scene);
    case 'split':
      return split(request, node, fork, scene);
    case 'subscribe':
      return subscribe(request, node, fork, scene);
    case 'age':
      return [{ fork: answeringAge(request, fork, scene), next: null, note: null }];
    case 'unsubscribe': {
      const facts = scene.table.set(fork.facts, listFact(request.list), 'revoked');
      return [{ fork: { ...fork, facts }, next: null, note: { do: 'leave', node, list: request.list } }];
    }
    case 'set-field': {
      const facts = withField(request, node, fork, scene);
      return [{ fork: { ...fork, facts }, next: null, note: { do: 'set', node, field: request.field } }];
    }
    case 'goal':
      return [{ fork, next: null, note: { do: 'goal', node, goal: request.goal } }];
    case 'link':
      return [{ fork, next: { type: 'answer.link.made', value: LINK }, note: null }];
    case 'tag':
      return tag(request, fork, scene);
    default:
      return settleInTransaction(request, node, fork, scene);
  }
}

/** Any address will do: nothing tells one short link from another. */
const LINK = 'https://example.com/l/code';

/** Everybody without an arm is drawn for one that has a weight; an arm without one keeps those who had it before. */
function split({ experiment, arms }: Request<'split'>, node: string, fork: Fork, scene: Scene): Settled[] {
  const { table, person } = scene;
  const fact = armFact(experiment);
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = arms.filter(({ weight }, at) => (total > 0 ? weight > 0 : at === 0));
  const kept = person === 'anyone' ? arms.filter((arm) => !drawn.includes(arm)) : [];
  const stored = table.get(fork.facts, fact);
  const isKnown = arms.some(({ id }) => id === stored);
  const open = isKnown ? fork : { ...fork, facts: table.clear(fork.facts, (name) => name === fact) };
  return table
    .wonder(
      open,
      fact,
      [...drawn, ...kept].map(({ id }) => id),
    )
    .map(({ value, ...one }) => {
      const arm = String(value);
      return { fork: one, next: { type: `answer.split.${arm}` }, note: { do: 'arm', node, experiment, arm } };
    });
}

/** Whoever is as old as that is old enough for all lists that ask for less. Whoever is not may have said something else before. */
function answeringAge({ years, passed }: Request<'age'>, fork: Fork, { ground, table, person }: Scene): Fork {
  let { facts } = fork;
  for (const asked of new Set(ground.ages.values())) {
    const fact = ageFact(asked);
    if (asked > years) continue;
    if (passed) facts = table.set(facts, fact, true);
    else if (person === 'newcomer') facts = table.set(facts, fact, false);
    else facts = table.clear(facts, (name) => name === fact);
  }
  return { ...fork, facts };
}

/** Whom a campaign has begun the flow with has not said that they want this before they have answered it. A confirmation is an answer. */
function subscribe(request: Request<'subscribe'>, node: string, fork: Fork, scene: Scene): Settled[] {
  if (request.proof !== 'single') return ofAge(request, node, fork, false, scene);
  return scene.table
    .wonder(fork, UNASKED, possibilities(UNASKED, scene))
    .flatMap(({ value, ...one }) => ofAge(request, node, one, value === true, scene));
}

function ofAge(
  request: Request<'subscribe'>,
  node: string,
  fork: Fork,
  unasked: boolean,
  scene: Scene,
): Settled[] {
  const years = scene.ground.ages.get(request.list);
  if (years === undefined) return joined(request, node, fork, { unasked, tooYoung: false }, scene);
  const fact = ageFact(years);
  return scene.table
    .wonder(fork, fact, possibilities(fact, scene))
    .flatMap(({ value, ...one }) => joined(request, node, one, { unasked, tooYoung: value !== true }, scene));
}

function joined(
  { list, proof }: Request<'subscribe'>,
  node: string,
  fork: Fork,
  { unasked, tooYoung }: { unasked: boolean; tooYoung: boolean },
  scene: Scene,
): Settled[] {
  const { table, ground } = scene;
  const fact = listFact(list);
  const policy = ground.sender.lists.get(list) ?? { optIn: 'double' };
  const outcomes = new Map(
    table
      .wonder(fork, fact, possibilities(fact, scene))
      .toReversed()
      .map(({ value, ...one }) => {
        const from = value === 'confirmed' || value === 'pending' || value === 'revoked' ? value : 'none';
        return [consentAfterJoining(from, policy, proof, unasked || tooYoung), one] as const;
      }),
  );
  return [...outcomes].reverse().map(([to, one]) => {
    let facts = table.set(one.facts, fact, to);
    if (!unasked && liftsStop(to, proof)) facts = table.set(facts, STOPPED, false);
    // Where it comes out the same for everybody, nothing had to be assumed.
    const { assumed } = outcomes.size === 1 ? fork : one;
    return {
      fork: { facts, assumed },
      next: null,
      note: { do: 'join', node, list, proof, to, tooYoung, unasked },
    };
  });
}

/** Tags are read as one text, a word each. */
function tag({ add, remove }: Request<'tag'>, fork: Fork, scene: Scene): Settled[] {
  const { ground, table } = scene;
  if (!ground.domains.has(TAGS)) return [{ fork, next: null, note: null }];
  return table.wonder(fork, TAGS, possibilities(TAGS, scene)).map(({ value, ...one }) => {
    const had = value === null ? [] : String(value).split(' ');
    const has = [
      ...had.filter((word) => !remove.includes(word)),
      ...add.filter((word) => !had.includes(word)),
    ];
    return {
      fork: { ...one, facts: table.set(one.facts, TAGS, has.join(' ') || null) },
      next: null,
      note: null,
    };
  });
}

const TAGS = 'contact.tags';

function withField({ field, value }: Request<'set-field'>, node: string, { facts }: Fork, scene: Scene) {
  const { table, ground } = scene;
  const variable = `contact.${field}`;
  if (!ground.domains.has(variable)) return facts;
  if (field === LANGUAGE_FIELD) return table.forget(facts, variable);
  if (value === null || typeof value !== 'object') return table.set(facts, variable, value);
  if ('answer' in value) {
    const answer = `answers.${value.answer}`;
    // What was answered is asked about anew where it is not kept in mind, and so is its copy.
    return table.tracks(answer)
      ? table.set(facts, variable, table.get(facts, answer) ?? null)
      : table.clear(facts, (name) => name === variable);
  }
  const text = ground.compiled.text(node, value.field, '');
  if (text.variables.length > 0) return table.forget(facts, variable);
  return table.set(facts, variable, text.render(variablesFrom(new Map(), scene)));
}
