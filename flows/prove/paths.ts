import type { Edge, Exploration } from './explore.ts';

/** What is looked for in a flow, in terms of what happens on the way. */
export interface Wish {
  /** The step that is looked for. */
  wanted: (edge: Edge) => boolean;
  /** Steps that must not be gone along before. A wanted one is found before it is avoided. */
  avoid?: (edge: Edge) => boolean;
}

/**
 * The shortest way to a wanted edge, over edges that can be played if there is such a way. Null when there is none: a proof that
 * it cannot happen, unless the exploration was cut short. `from`: states to begin in; the beginning of everything where left out.
 */
export function wayTo(exploration: Exploration, wish: Wish, from: Iterable<number> = [0]): Edge[] | null {
  const starts = [...from];
  if (!exploration.edges.some(wish.wanted)) return null;
  return (
    search(exploration, wish, starts, (edge) => !edge.doubtful) ??
    search(exploration, wish, starts, () => true)
  );
}

/** Whether an edge goes along a line of the drawing, "node.port". */
export const goesAlong = ({ passages }: Edge, line: string): boolean =>
  passages.some(({ from, port }) => `${from}.${port}` === line);

function search(
  { edges, leaving }: Exploration,
  { wanted, avoid }: Wish,
  starts: readonly number[],
  may: (edge: Edge) => boolean,
): Edge[] | null {
  const via = new Map(starts.map((state) => [state, -1]));
  let layer = [...starts];
  while (layer.length > 0) {
    const later: number[] = [];
    for (const state of layer) {
      for (const edge of leaving[state] ?? []) {
        if (!may(edge)) continue;
        if (wanted(edge)) return walkedBack(edge, via, edges);
        if (via.has(edge.to) || avoid?.(edge)) continue;
        via.set(edge.to, edge.id);
        (edge.happening ? later : layer).push(edge.to);
      }
    }
    layer = later;
  }
  return null;
}

function walkedBack(last: Edge, via: ReadonlyMap<number, number>, edges: readonly Edge[]): Edge[] {
  const path = [last];
  for (let id = via.get(last.from) ?? -1; id >= 0; ) {
    const edge = edges[id];
    if (!edge) break;
    path.push(edge);
    id = via.get(edge.from) ?? -1;
  }
  return path.reverse();
}

/** How many texts and waits lie, at the least, between each state and a wanted edge; states it cannot be come to from are missing. */
export function distancesTo(
  { edges, states }: Exploration,
  { wanted, avoid }: Wish,
): ReadonlyMap<number, number> {
  const arriving: Edge[][] = states.map(() => []);
  for (const edge of edges) if (!avoid?.(edge) || wanted(edge)) arriving[edge.to]?.push(edge);
  const found = new Map<number, number>();
  let layer: number[] = [];
  let later: number[] = [];
  const reach = (edge: Edge, distance: number) => {
    const total = distance + (edge.happening ? 1 : 0);
    if ((found.get(edge.from) ?? Number.POSITIVE_INFINITY) <= total) return;
    found.set(edge.from, total);
    (edge.happening ? later : layer).push(edge.from);
  };
  for (const edge of edges) if (wanted(edge)) reach(edge, 0);
  for (let distance = 0; layer.length + later.length > 0; distance++) {
    for (const state of layer) {
      if (found.get(state) !== distance) continue;
      for (const edge of arriving[state] ?? []) if (!wanted(edge)) reach(edge, distance);
    }
    layer = later;
    later = [];
  }
  return found;
}

/** The way on from an edge by the first edges that were met, until the run rests or ends. */
export function untilRest({ states, leaving }: Exploration, edge: Edge): Edge[] {
  const way: Edge[] = [];
  const seen = new Set<number>();
  for (let state = states[edge.to]; state?.next && !seen.has(state.id); ) {
    seen.add(state.id);
    const onward = leaving[state.id] ?? [];
    const next = onward.find(({ doubtful }) => !doubtful) ?? onward[0];
    if (!next) break;
    way.push(next);
    state = states[next.to];
  }
  return way;
}
