import type { XYPosition } from '@xyflow/react';
import type { CanvasEdge } from './canvas-edges.ts';
import { type CanvasNode, TRIGGER_CARD } from './canvas-nodes.ts';
import { rectOf } from './card-places.ts';
import { CARD } from './card-size.ts';
import { type RoutedLine, routeLines, type Turns, type Way } from './route-lines.ts';

/** A drawing with more lines than this does not look for all their ways anew whenever something moves. */
const MANY = 200;

/**
 * The lines with their ways around the cards. While cards are dragged, and in large drawings, lines keep the way they had as long as
 * it leads from where they start to where they end and no card is in it; while a card of a large one is dragged, only its own lines look
 * at all. Lines that stay the same are taken over from `before`.
 */
export function routedEdges(
  cards: readonly CanvasNode[],
  edges: readonly CanvasEdge[],
  before: readonly CanvasEdge[],
): CanvasEdge[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const lines = edges.flatMap((edge) => lineOf(edge, byId) ?? []);
  const dragged = new Set(cards.flatMap(({ id, dragging }) => (dragging ? [id] : [])));
  const isLarge = edges.length > MANY;
  const looking =
    isLarge && dragged.size > 0
      ? lines.filter(({ id, from, to }) => dragged.has(from) || dragged.has(to) || !known.has(id))
      : lines;
  const routes = routeLines(
    cards.map((card) => ({ id: card.id, rect: rectOf(card) })),
    looking,
    isLarge || dragged.size > 0 ? waysThatLeadThere(lines, known) : new Map(),
  );
  const ends = new Map(lines.map((line) => [line.id, line]));
  return edges.map((edge) => {
    const [line, old] = [ends.get(edge.id), known.get(edge.id)];
    const turns = routes.get(edge.id) ?? old?.data?.way?.turns;
    if (!edge.data || !line || !turns) return edge;
    const way: Way = { source: line.source, target: line.target, turns };
    if (old && sameEdge(old, edge) && sameWay(old.data?.way, way)) return old;
    return { ...edge, data: { ...edge.data, way } };
  });
}

function lineOf(edge: CanvasEdge, cards: ReadonlyMap<string, CanvasNode>): RoutedLine | null {
  const [source, target] = [cards.get(edge.source), cards.get(edge.target)];
  if (!source || !target || !edge.data) return null;
  const { port, lane, lanes } = edge.data;
  const ends = { from: edge.source, to: edge.target, source: dotOf(source, port), target: entryOf(target) };
  return { id: edge.id, ...ends, lane, lanes };
}

function waysThatLeadThere(
  lines: readonly RoutedLine[],
  known: ReadonlyMap<string, CanvasEdge>,
): Map<string, Turns> {
  return new Map(
    lines.flatMap(({ id, source, target }) => {
      const way = known.get(id)?.data?.way;
      return way && samePoint(way.source, source) && samePoint(way.target, target) ? [[id, way.turns]] : [];
    }),
  );
}

const samePoint = (a: XYPosition, b: XYPosition): boolean => a.x === b.x && a.y === b.y;

const sameWay = (a: Way | undefined, b: Way): boolean =>
  a !== undefined &&
  samePoint(a.source, b.source) &&
  samePoint(a.target, b.target) &&
  a.turns.length === b.turns.length &&
  a.turns.every((turn, at) => turn === b.turns[at]);

const sameEdge = (a: CanvasEdge, b: CanvasEdge): boolean =>
  a.target === b.target &&
  a.selected === b.selected &&
  a.data?.lane === b.data?.lane &&
  a.data?.lanes === b.data?.lanes;

/** Where a line leaves a card: at the row of its way out. The card of what starts the flow has one row, the last. */
function dotOf(card: CanvasNode, port: string): XYPosition {
  const { x, y, width, height } = rectOf(card);
  const handle = card.handles?.find(({ type, id }) => type === 'source' && id === port);
  const row = card.id === TRIGGER_CARD ? height - (CARD.border + CARD.port) / 2 : handle?.y;
  return { x: x + width, y: y + (row ?? height / 2) };
}

/** Where lines come to a card. */
function entryOf(card: CanvasNode): XYPosition {
  const { x, y } = rectOf(card);
  return { x, y: y + CARD.head / 2 };
}
