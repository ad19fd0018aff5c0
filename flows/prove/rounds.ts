import type { Edge, Exploration } from './explore.ts';

/**
 * Groups of states that lead round to themselves over the edges that `may` allows: Tarjan's strongly connected components, those
 * of one state only where it leads to itself. Each group with the edges inside it.
 */
export function roundsOver({ states, leaving }: Exploration, may: (edge: Edge) => boolean): Edge[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const held: number[] = [];
  const isHeld = new Set<number>();
  const groupOf = new Map<number, number>();
  const onward = (state: number) => (leaving[state] ?? []).filter(may);

  for (const { id } of states) {
    if (index.has(id)) continue;
    const calls = [{ state: id, edges: onward(id), at: 0 }];
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { state } = call;
      if (!index.has(state)) {
        index.set(state, index.size);
        low.set(state, index.size - 1);
        held.push(state);
        isHeld.add(state);
      }
      const edge = call.edges[call.at++];
      if (edge) {
        if (!index.has(edge.to)) calls.push({ state: edge.to, edges: onward(edge.to), at: 0 });
        else if (isHeld.has(edge.to)) lower(low, state, index.get(edge.to));
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller) lower(low, caller.state, low.get(state));
      if (low.get(state) !== index.get(state)) continue;
      for (let member = held.pop(); member !== undefined; member = held.pop()) {
        isHeld.delete(member);
        groupOf.set(member, state);
        if (member === state) break;
      }
    }
  }

  const groups = new Map<number, Edge[]>();
  for (const { id } of states) {
    for (const edge of onward(id)) {
      const group = groupOf.get(id);
      if (group === undefined || group !== groupOf.get(edge.to)) continue;
      const inside = groups.get(group);
      if (inside) inside.push(edge);
      else groups.set(group, [edge]);
    }
  }
  return [...groups.values()];
}

function lower(low: Map<number, number>, state: number, to: number | undefined): void {
  low.set(state, Math.min(low.get(state) ?? Number.POSITIVE_INFINITY, to ?? Number.POSITIVE_INFINITY));
}
