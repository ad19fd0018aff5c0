import { Graph, layout } from '@dagrejs/dagre';
import type { Definition, Point } from '#flows/definition/schema.ts';
import { edgesBySource, portsOf } from './bound-step.ts';
import { CARD, cardHeight } from './card-size.ts';
import { ranksOf } from './ranks.ts';

/** How big a card is, in pixels. */
export type SizeOf = (id: string) => { width: number; height: number };

const GRID = 8;
/**
 * Lines over more columns than this place nothing: each would keep a lane free the whole way, and the hundred of a long flow that give
 * up at its end would spread it over the sky. A step that they lead to still has a line from the column before.
 */
const LONG = 6;
/** Above this many steps the columns are chosen in a moment instead of with the shortest lines, which takes many seconds. */
const LARGE = 200;

/** What a worker is told of a drawing: how big its cards are, as far as they are known. */
export interface ToTidy {
  definition: Definition;
  sizes: ReadonlyMap<string, { width: number; height: number }>;
}

/** Places the cards of these sizes. */
export const tidyBySizes = ({ definition, sizes }: ToTidy): Record<string, Point> =>
  tidy(definition, (id) => sizes.get(id) ?? { width: CARD.width, height: cardHeight(null, 1) });

/** Places every card left to right along its lines, so that nothing overlaps and lines seldom cross. */
export function tidy(definition: Definition, sizeOf: SizeOf): Record<string, Point> {
  const { nodes, edges, start } = definition;
  const ranks = ranksOf(definition);
  const isLong = (from: string, to: string) => Math.abs((ranks.get(to) ?? 0) - (ranks.get(from) ?? 0)) > LONG;
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 48,
    ranksep: 104,
    marginx: 0,
    marginy: 0,
    ranker: nodes.length > LARGE ? 'tight-tree' : 'network-simplex',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  // The first step comes first, which makes dagre break cycles at the lines that lead back.
  const ordered = [...nodes].sort((a, b) => Number(b.id === start) - Number(a.id === start));
  for (const { id } of ordered) graph.setNode(id, { ...sizeOf(id) });
  for (const { from, to } of edges) {
    if (graph.hasNode(from) && graph.hasNode(to) && !isLong(from, to)) graph.setEdge(from, to);
  }
  layout(graph);
  const upright = standsOnItsHead(definition, new Map(nodes.map(({ id }) => [id, graph.node(id).y])))
    ? -1
    : 1;
  return Object.fromEntries(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      const { width, height } = sizeOf(id);
      return [id, { x: snap(x - width / 2), y: snap(upright * y - height / 2) }];
    }),
  );
}

/** Whether most first ways out lead below later ones: dagre knows cards only, and to it either way up is as good. */
function standsOnItsHead(definition: Definition, heights: ReadonlyMap<string, number>): boolean {
  const leaving = edgesBySource(definition);
  let wrong = 0;
  for (const step of definition.nodes) {
    const own = leaving.get(step.id) ?? [];
    const to = new Map(own.map((edge) => [edge.port, edge.to]));
    const places = portsOf(step, own).flatMap(({ id }) => heights.get(to.get(id) ?? '') ?? []);
    places.forEach((place, at) => {
      for (const later of places.slice(at + 1)) wrong += Math.sign(place - later);
    });
  }
  return wrong > 0;
}

const snap = (value: number): number => Math.round(value / GRID) * GRID;
