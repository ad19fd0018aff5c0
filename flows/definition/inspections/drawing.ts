import { nodeKind } from '../../registry.ts';
import type { BoundNode } from '../../engine/node-kind.ts';
import { type Outline, outline } from '../../engine/outline.ts';
import type { ParsedFlow } from '../parse.ts';
import type { Definition, FlowEdge } from '../schema.ts';

/** A definition with what several inspections look up, worked out once. */
export interface Drawing {
  definition: Definition;
  nodes: ReadonlyMap<string, BoundNode>;
  outlines: ReadonlyMap<string, Outline>;
  /** The lines that leave each node. */
  leaving: ReadonlyMap<string, readonly FlowEdge[]>;
  /** Steps a run can come to. All of them while nobody said which comes first. */
  reachable: ReadonlySet<string>;
  /** A step's title in quotation marks, for sentences. */
  name: (id: string) => string;
}

export function drawingOf({ definition, nodes }: ParsedFlow): Drawing {
  const leaving = new Map<string, FlowEdge[]>();
  for (const edge of definition.edges) {
    const lines = leaving.get(edge.from);
    if (lines) lines.push(edge);
    else leaving.set(edge.from, [edge]);
  }
  const titles = new Map(definition.nodes.map(({ id, title, kind }) => [id, title || nodeKind(kind)?.title]));
  return {
    definition,
    nodes,
    outlines: new Map([...nodes].map(([id, node]) => [id, outline(node)])),
    leaving,
    reachable: reachableFrom(definition, leaving),
    name: (id) => `“${titles.get(id) ?? id}”`,
  };
}

function reachableFrom(definition: Definition, leaving: Drawing['leaving']): Set<string> {
  const existing = new Set(definition.nodes.map(({ id }) => id));
  if (definition.start === null || !existing.has(definition.start)) return existing;
  const reached = new Set([definition.start]);
  for (const id of reached) {
    for (const { to } of leaving.get(id) ?? []) if (existing.has(to)) reached.add(to);
  }
  return reached;
}
