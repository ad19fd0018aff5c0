import type { Edge } from '@xyflow/react';
import type { Definition } from '#flows/definition/schema.ts';
import { lineKey } from '../../../lib/rehearsal/path.ts';
import { TRIGGER_CARD } from './canvas-nodes.ts';

/** A line of the flow. */
export type CanvasEdge = Edge<{ from: string; port: string; to: string }, 'line'>;

/** The lines of a definition, the one from the trigger card to the first step among them; unchanged ones are taken over. */
export function canvasEdges(
  definition: Definition,
  selected: ReadonlySet<string>,
  before: readonly CanvasEdge[],
): CanvasEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const drawn = definition.edges.map(({ from, port, to }) => ({ from, port, to }));
  if (definition.start !== null) drawn.unshift({ from: TRIGGER_CARD, port: 'start', to: definition.start });
  return drawn.map((line) => {
    const id = lineKey(line.from, line.port);
    const old = known.get(id);
    const isSelected = selected.has(id);
    if (old && old.target === line.to && (old.selected ?? false) === isSelected) return old;
    return {
      id,
      type: 'line',
      source: line.from,
      sourceHandle: line.port,
      target: line.to,
      data: line,
      selected: isSelected,
    };
  });
}
