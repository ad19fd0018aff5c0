import type { Edge, Exploration, State } from './explore.ts';
import type { Happening } from './happenings.ts';
import { wayTo } from './paths.ts';

/** The heaviest that one text or wait can set off, until the run rests. */
export interface Breath {
  weight: number;
  /** From the beginning of everything. */
  path: Edge[];
}

/**
 * The heaviest way from any of these happenings to the next rest, where `weigh` says what an edge adds. Only what can be played
 * counts; a round without a wait is gone along once. Null where nothing weighs anything.
 */
export function heaviestBreath(
  exploration: Exploration,
  weigh: (edge: Edge) => number,
  concerns: (happening: Happening) => boolean,
): Breath | null {
  const { edges } = exploration;
  const best = onwardFrom(exploration, weigh);
  let heaviest: { first: Edge; weight: number } | null = null;
  for (const first of edges) {
    if (!first.happening || first.doubtful || !concerns(first.happening)) continue;
    const weight = weigh(first) + (best.get(first.to)?.weight ?? 0);
    if (weight > (heaviest?.weight ?? 0)) heaviest = { first, weight };
  }
  if (!heaviest) return null;
  const { first, weight } = heaviest;
  const path = wayTo(exploration, { wanted: ({ id }) => id === first.id }) ?? [first];
  const seen = new Set<number>();
  for (
    let next = best.get(first.to);
    next?.edge && !seen.has(next.edge.from);
    next = best.get(next.edge.to)
  ) {
    seen.add(next.edge.from);
    path.push(next.edge);
  }
  return { weight, path };
}

interface Onward {
  weight: number;
  edge: Edge | null;
}

/** From each state in the middle of a breath, the heaviest edge onward. Children are weighed before their parents. */
function onwardFrom(
  { states, leaving }: Exploration,
  weigh: (edge: Edge) => number,
): ReadonlyMap<number, Onward> {
  const best = new Map<number, Onward>();
  const open = new Set<number>();
  const isOpenEnded = (state: State | undefined): boolean => Boolean(state?.next && !state.doubtful);
  for (const { id } of states.filter(isOpenEnded)) {
    const stack = best.has(id) ? [] : [id];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const onward = (leaving[top] ?? []).filter((edge) => !edge.doubtful);
      const unknown = onward.filter(({ to }) => isOpenEnded(states[to]) && !best.has(to) && !open.has(to));
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
