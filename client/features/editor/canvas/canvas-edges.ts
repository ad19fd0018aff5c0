import type { Edge } from '@xyflow/react';
import type { Definition } from '#flows/definition/schema.ts';
import { lineKey } from '../../../lib/rehearsal/path.ts';
import { edgesBySource, portsOf } from './bound-step.ts';
import { TRIGGER_CARD } from './canvas-nodes.ts';
import type { Way } from './route-lines.ts';

/**
 * A line of the flow. `lane` is its place among the lines of its card, top to bottom, of `lanes` in all; `way` leads around the cards,
 * once it is found.
 */
export type CanvasEdge = Edge<
  { from: string; port: string; to: string; lane: number; lanes: number; way?: Way },
  'line'
>;

/** The lines of a definition, the one from the trigger card to the first step among them; unchanged ones are taken over. */
export function canvasEdges(
  definition: Definition,
  selected: ReadonlySet<string>,
  before: CanvasEdge[],
): CanvasEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const edges = lines(definition).map((line): CanvasEdge => {
    const id = lineKey(line.from, line.port);
    const old = known.get(id);
    const isSelected = selected.has(id);
    if (old && sameLine(old, line) && (old.selected ?? false) === isSelected) return old;
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
  return edges.length === before.length && edges.every((edge, index) => edge === before[index])
    ? before
    : edges;
}

type Line = NonNullable<CanvasEdge['data']>;

/** Every line once: where a broken drawing has two from one way out, the first counts, as it does when the flow runs. */
function lines(definition: Definition): Line[] {
  const drawn: Line[] =
    definition.start === null
      ? []
      : [{ from: TRIGGER_CARD, port: 'start', to: definition.start, lane: 0, lanes: 1 }];
  const leaving = edgesBySource(definition);
  for (const step of definition.nodes) {
    const own = new Map((leaving.get(step.id) ?? []).toReversed().map((edge) => [edge.port, edge.to]));
    const ports = portsOf(step, leaving.get(step.id) ?? []).filter(({ id }) => own.has(id));
    ports.forEach(({ id: port }, lane) => {
      drawn.push({ from: step.id, port, to: own.get(port) ?? '', lane, lanes: ports.length });
    });
  }
  return drawn;
}

const sameLine = ({ data }: CanvasEdge, { to, lane, lanes: count }: Line): boolean =>
  data?.to === to && data.lane === lane && data.lanes === count;
