import type { Definition, FlowEdge, FlowNode } from '#flows/definition/schema.ts';
import type { BoundNode, Port } from '#flows/engine/node-kind.ts';
import { nodeKind } from '#flows/registry.ts';

// Definitions share the nodes an edit did not touch, so a step is bound once for as long as it stays the same.
const bound = new WeakMap<FlowNode, BoundNode | null>();
// What a step could do before its config became unreadable, as it does for a moment while somebody empties a field.
const lastPorts = new Map<string, readonly Port[]>();

/** The step bound to its kind, or null while its config does not parse. */
export function boundStep(step: FlowNode): BoundNode | null {
  const known = bound.get(step);
  if (known !== undefined) return known;
  const result = nodeKind(step.kind)?.bind(step);
  const node = result === undefined || Array.isArray(result) ? null : result;
  bound.set(step, node);
  if (node) lastPorts.set(`${step.kind} ${step.id}`, node.ports);
  return node;
}

/** The ways out of a step: its ports, and those that lines leave by although it has them no more. */
export function portsOf(step: FlowNode, leaving: readonly FlowEdge[]): readonly Port[] {
  const ports = boundStep(step)?.ports ?? lastPorts.get(`${step.kind} ${step.id}`) ?? [];
  const gone = leaving.filter(({ port }) => !ports.some(({ id }) => id === port));
  if (gone.length === 0) return ports;
  return [
    ...ports,
    ...gone.map(
      ({ port }): Port => ({ id: port, label: `${port} (gone)`, required: false, open: 'completed' }),
    ),
  ];
}

/** The lines that leave each step. */
export function edgesBySource({ edges }: Definition): ReadonlyMap<string, readonly FlowEdge[]> {
  const bySource = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const leaving = bySource.get(edge.from);
    if (leaving) leaving.push(edge);
    else bySource.set(edge.from, [edge]);
  }
  return bySource;
}

/** What a card is called: its author's title, or that of its kind. */
export const titleOf = (step: FlowNode): string => step.title || nodeKind(step.kind)?.title || step.kind;

/** Whether a step is a remark for people: it never runs, and no line leads to it or away. */
export const isRemark = (step: FlowNode): boolean => nodeKind(step.kind)?.passive ?? false;
