import type { Edge, Exploration } from '../explore.ts';
import type { Note } from '../notes.ts';
import { wayTo } from '../paths.ts';
import { type Witness, witnessAlong } from '../witness.ts';

/** A step that puts people on a list without confirming them. */
export interface PendingJoin {
  node: string;
  /** The first edge on which it does. */
  edge: Edge;
  /** The shortest way that ends with this edge. */
  way: Edge[];
}

type Join = Extract<Note, { do: 'join' }>;

/** The steps that put people on the list and leave them waiting there, of the joins that are `wanted`. */
export function pendingJoins(
  list: string,
  exploration: Exploration,
  wanted: (join: Join) => boolean,
): PendingJoin[] {
  const nodes = new Map<string, Edge>();
  for (const edge of exploration.edges) {
    for (const note of edge.notes) {
      if (note.do !== 'join' || note.list !== list || note.to !== 'pending') continue;
      if (wanted(note) && !nodes.has(note.node)) nodes.set(note.node, edge);
    }
  }
  return [...nodes].map(([node, edge]) => {
    const way = wayTo(exploration, { wanted: ({ id }) => id === edge.id }) ?? [edge];
    return { node, edge, way };
  });
}

/** The conversation along a way, which is meant to leave somebody on the list and not confirmed. */
export const shownPending = (list: string, way: readonly Edge[], exploration: Exploration): Witness =>
  witnessAlong(exploration, way, ({ contact }) => contact.consents[list]?.state === 'pending');
