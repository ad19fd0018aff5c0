import type { Drawing } from '../definition/inspections/drawing.ts';
import { conditionVariables } from '../engine/condition.ts';
import type { EffectRequest } from '../engine/effects.ts';
import { START } from '../engine/events.ts';
import { copiedAnswer, type Domains } from './domains.ts';
import { ageFact, armFact, contestFact, listFact, STOPPED, UNASKED, voucherFact } from './facts.ts';

/**
 * The facts that something from a step on still asks about, by step. Two people who differ in nothing else will hear the same, so
 * everything else is forgotten there; that is what keeps an exploration small.
 */
export function factsAhead(
  drawing: Drawing,
  domains: Domains,
  ages: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const ahead = new Map<string, Set<string>>();
  const before = new Map<string, string[]>();
  for (const [id, { requests }] of drawing.outlines) {
    const facts = requests.flatMap(({ request }) => factsAsked(request, ages));
    ahead.set(id, new Set(facts.filter((fact) => !isVariable(fact) || domains.has(fact))));
  }
  for (const { from, to } of drawing.definition.edges) {
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  }
  const queue = new Set(ahead.keys());
  for (const id of queue) {
    queue.delete(id);
    const facts = ahead.get(id) ?? new Set();
    for (const earlier of before.get(id) ?? []) {
      const known = ahead.get(earlier);
      if (!known) continue;
      const size = known.size;
      for (const fact of facts) known.add(fact);
      if (known.size > size) queue.add(earlier);
    }
  }
  const { start } = drawing.definition;
  const shared = new Map<string, readonly string[]>();
  /** Steps in a round ask about the same: they share one array. */
  const sorted = (facts: ReadonlySet<string>): readonly string[] => {
    const names = [...facts].sort();
    const key = names.join('\n');
    const known = shared.get(key) ?? names;
    shared.set(key, known);
    return known;
  };
  ahead.set(START, ahead.get(start ?? '') ?? new Set());
  return new Map([...ahead].map(([id, facts]) => [id, sorted(facts)]));
}

/** The facts that a step asks about itself. */
export const factsAt = (
  { outlines }: Drawing,
  node: string,
  ages: ReadonlyMap<string, number> = new Map(),
): string[] => (outlines.get(node)?.requests ?? []).flatMap(({ request }) => factsAsked(request, ages));

const factsAsked = (request: EffectRequest, ages: ReadonlyMap<string, number>): string[] => [
  ...factsOf(request),
  ...agesOf(request, ages),
];

const isVariable = (fact: string): boolean => /^(contact|answers|run|program)\./.test(fact);

/** The age that the list of a request is for. */
function agesOf(request: EffectRequest, ages: ReadonlyMap<string, number>): string[] {
  const years = 'list' in request && request.list !== undefined ? ages.get(request.list) : undefined;
  return years === undefined || request.kind === 'unsubscribe' ? [] : [ageFact(years)];
}

/** What the answer to a request can depend on. */
function factsOf(request: EffectRequest): string[] {
  switch (request.kind) {
    case 'send':
      return request.list === undefined ? [STOPPED] : [STOPPED, listFact(request.list)];
    case 'branch':
      return request.cases.flatMap(({ when }) => conditionVariables(when));
    case 'split':
      return [armFact(request.experiment)];
    case 'subscribe':
      return [listFact(request.list), UNASKED];
    case 'tag':
      return ['contact.tags'];
    case 'enter-contest':
      return [contestFact(request.contest)];
    case 'claim-voucher':
      return [voucherFact(request.pool)];
    case 'set-field': {
      const answer = copiedAnswer(request);
      return answer === null ? [] : [answer];
    }
    default:
      return [];
  }
}
