import type { Edge, Exploration, State } from './explore.ts';

/** The heaviest that one text or wait can set off, until the run rests. */
export interface Breath {
  /** What happened. */
  first: Edge;
  weight: number;
  path: Edge[];
}

/**
 * For every happening, the heaviest way from it to the next rest, where `weigh` says what an edge adds. Only what can be played
 * counts; a round without a wait is gone along once.
 */
export function heaviestBreaths(
  { states, edges, leaving }: Exploration,
  weigh: (edge: Edge) => number,
): Breath[] {
  const best = heaviest(states, leaving, weigh);
  return edges.flatMap((first) => {
    if (!first.happening || first.doubtful) return [];
    const path = [first];
    let weight = weigh(first);
    const seen = new Set<number>();
    for (
      let next = best.get(first.to);
      next?.edge && !seen.has(next.edge.from);
      next = best.get(next.edge.to)
    ) {
      seen.add(next.edge.from);
      path.push(next.edge);
      weight += weigh(next.edge);
    }
    return [{ first, weight, path }];
  });
}

interface Onward {
  weight: number;
  edge: Edge | null;
}

/** From each state in the middle of a breath, the heaviest edge onward. Children are weighed before their parents. */
function heaviest(
  states: readonly State[],
  leaving: Exploration['leaving'],
  weigh: (edge: Edge) => number,
): ReadonlyMap<number, Onward> {
  const best = new Map<number, Onward>();
  const open = new Set<number>();
  for (const { id, next, doubtful } of states) {
    if (!next || doubtful || best.has(id)) continue;
    const stack = [id];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const onward = (leaving[top] ?? []).filter((edge) => !edge.doubtful);
      const unknown = onward.filter(({ to }) => states[to]?.next && !best.has(to) && !open.has(to));
      open.add(top);
      if (unknown.length > 0) {
        stack.push(...unknown.map(({ to }) => to));
        continue;
      }
      stack.pop();
      if (best.has(top)) continue;
      let found: Onward = { weight: 0, edge: null };
      for (const edge of onward) {
        const weight = weigh(edge) + (best.get(edge.to)?.weight ?? 0);
        if (!found.edge || weight > found.weight) found = { weight, edge };
      }
      best.set(top, found);
      open.delete(top);
    }
  }
  return best;
}
