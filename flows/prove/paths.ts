import type { Edge, Exploration } from './explore.ts';

/** The way along which an edge was met first: the shortest there is. */
export function pathTo({ states, edges }: Exploration, edge: Edge): Edge[] {
  const path = [edge];
  for (let via = states[edge.from]?.via ?? -1; via >= 0; ) {
    const before = edges[via];
    if (!before) break;
    path.push(before);
    via = states[before.from]?.via ?? -1;
  }
  return path.reverse();
}

/** The shortest among these edges: the one with the fewest texts and waits before it that can be played, if any can. */
export function shortest({ states }: Exploration, edges: Iterable<Edge>): Edge | null {
  let best: Edge | null = null;
  const cost = (edge: Edge) =>
    (states[edge.from]?.depth ?? 0) + (edge.happening ? 1 : 0) + (edge.doubtful ? DOUBT : 0);
  for (const edge of edges) if (!best || cost(edge) < cost(best)) best = edge;
  return best;
}

const DOUBT = 1_000_000;

/** Where to go and where not to, for `wayTo`. */
export interface Wish {
  /** States to begin in; the beginning of everything where left out. */
  from?: Iterable<number>;
  /** The edge that is looked for. */
  wanted: (edge: Edge) => boolean;
  /** Edges that must not be gone along. A wanted one is found before it is avoided. */
  avoid?: (edge: Edge) => boolean;
}

/**
 * The shortest way from a state to a wanted edge, over edges that can be played if there is such a way. Null when there is none:
 * with nothing to avoid, a proof that it cannot happen.
 */
export function wayTo(exploration: Exploration, wish: Wish): Edge[] | null {
  return search(exploration, wish, (edge) => !edge.doubtful) ?? search(exploration, wish, () => true);
}

function search(
  { edges, leaving }: Exploration,
  { from = [0], wanted, avoid }: Wish,
  may: (edge: Edge) => boolean,
): Edge[] | null {
  const via = new Map<number, number>([...from].map((state) => [state, -1]));
  let layer = [...via.keys()];
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

/** The states from which one of these edges can still be gone along. */
export function statesBefore({ edges, states }: Exploration, wanted: (edge: Edge) => boolean): Set<number> {
  const arriving: number[][] = states.map(() => []);
  for (const edge of edges) arriving[edge.to]?.push(edge.from);
  const found = new Set(edges.filter(wanted).map(({ from }) => from));
  for (const state of found) for (const before of arriving[state] ?? []) found.add(before);
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
