import { describe, expect, test } from '@jest/globals';
import type { Rect, XYPosition } from '@xyflow/react';
import { type CanvasEdge, canvasEdges } from '#client/features/editor/canvas/canvas-edges.ts';
import { type CanvasNode, canvasNodes } from '#client/features/editor/canvas/canvas-nodes.ts';
import { rectOf } from '#client/features/editor/canvas/card-places.ts';
import { cornersOf, type RoutedLine, routeLines } from '#client/features/editor/canvas/route-lines.ts';
import { routedEdges } from '#client/features/editor/canvas/routed-edges.ts';
import { tidy } from '#client/features/editor/canvas/tidy.ts';
import { apply } from '#flows/definition/operations.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';
import * as fc from '../support/properties.ts';

const none: ReadonlySet<string> = new Set();

/** A definition as the canvas draws it. */
function drawn(definition: Definition): { cards: CanvasNode[]; lines: CanvasEdge[] } {
  const cards = canvasNodes(definition, none, []);
  return { cards, lines: routedEdges(cards, canvasEdges(definition, none, []), []) };
}

/** Whether a line runs over or behind a box. */
const runsBehind = (corners: readonly XYPosition[], { x, y, width, height }: Rect): boolean =>
  corners.slice(1).some((end, at) => {
    const start = corners[at] ?? end;
    const beside = Math.max(start.x, end.x) <= x || Math.min(start.x, end.x) >= x + width;
    const apart = Math.max(start.y, end.y) <= y || Math.min(start.y, end.y) >= y + height;
    return !beside && !apart;
  });

/** The lines of a drawing that run over or behind a card, their own included. */
const behindCards = ({ cards, lines }: ReturnType<typeof drawn>): string[] =>
  lines.flatMap(({ id, data }) => {
    if (!data?.way) return [`${id} has no way`];
    const corners = cornersOf(data.way.source, data.way.target, data.way.turns);
    return cards.flatMap((card) =>
      runsBehind(corners, rectOf(card)) ? [`${id} runs behind ${card.id}`] : [],
    );
  });

function tidied(definition: Definition): Definition {
  const sizes = new Map(canvasNodes(definition, none, []).map((card) => [card.id, rectOf(card)]));
  const to = tidy(definition, (id) => sizes.get(id) ?? { width: 0, height: 0 });
  return apply(definition, { do: 'move-nodes', to });
}

describe.each(TEMPLATES.map(({ id, definition }) => [id, opened(definition).definition] as const))(
  'the lines of %s',
  (_, definition) => {
    test('run behind no card, as it comes and tidied up', () => {
      expect(behindCards(drawn(definition))).toEqual([]);
      expect(behindCards(drawn(tidied(definition)))).toEqual([]);
    });

    test('go the same ways each time', () => {
      expect(drawn(definition).lines).toEqual(drawn(definition).lines);
    });
  },
);

test('only the lines of a card that is dragged look for a way in a large drawing, until it is dropped', () => {
  const ids = Array.from({ length: 120 }, (_, at) => `step${at}`);
  const { definition } = opened({
    schemaVersion: 1,
    name: 'Large',
    nodes: ids.map((id) => ({ id, kind: 'question', config: { text: 'And then?' } })),
    edges: ids.flatMap((from, at) =>
      ['other', 'timeout'].map((port) => ({ from, port, to: ids[(at + 1) % ids.length] ?? from })),
    ),
    start: 'step0',
    layout: Object.fromEntries(ids.map((id, at) => [id, { x: at * 400, y: 0 }])),
  });
  const { cards, lines } = drawn(definition);
  const edges = canvasEdges(definition, none, []);
  const moved = (dragging: boolean) =>
    cards.map((card) =>
      card.id === 'step9' ? { ...card, position: { x: 20 * 400, y: 40 }, dragging } : card,
    );
  const changed = (after: readonly CanvasEdge[]) =>
    new Set(after.filter((edge) => !lines.includes(edge)).map(({ source }) => source));
  expect(changed(routedEdges(moved(true), edges, lines))).toEqual(new Set(['step8', 'step9']));
  expect(changed(routedEdges(moved(false), edges, lines)).size).toBeGreaterThan(2);
});

describe('a line', () => {
  const card = (id: string, x: number, y: number) => ({ id, rect: { x, y, width: 280, height: 200 } });
  const line = (
    id: string,
    from: string,
    to: string,
    source: [number, number],
    target: [number, number],
  ): RoutedLine => ({
    id,
    from,
    to,
    source: { x: source[0], y: source[1] },
    target: { x: target[0], y: target[1] },
    lane: 0,
    lanes: 1,
  });
  const left = card('left', 0, 0);
  const right = card('right', 800, 0);

  test('goes straight ahead where it can, and around what stands between', () => {
    const ahead = line('ahead', 'left', 'right', [280, 22], [800, 22]);
    expect(routeLines([left, right], [ahead]).get('ahead')).toEqual([]);
    const [first = 0, level = 0, last = 0] =
      routeLines([left, right, card('between', 400, 0)], [ahead]).get('ahead') ?? [];
    expect(level).toBeLessThan(0);
    expect(first).toBeGreaterThan(280);
    expect(first).toBeLessThan(400);
    expect(last).toBeGreaterThan(680);
    expect(last).toBeLessThan(800);
  });

  test('leaves to the right and comes from the left, also to its own card', () => {
    const back = line('back', 'left', 'left', [280, 180], [0, 22]);
    const turns = routeLines([left, right], [back]).get('back') ?? [];
    expect(turns[0]).toBeGreaterThan(280);
    expect(turns[1] === undefined || turns[1] < 0 || turns[1] > 200).toBe(true);
    expect(turns[2]).toBeLessThan(0);
  });

  test('does not lie on a line to another card', () => {
    const lines = [
      line('one', 'left', 'below', [280, 100], [800, 322]),
      line('other', 'left', 'lowest', [280, 130], [800, 622]),
    ];
    const routes = routeLines([left, card('below', 800, 300), card('lowest', 800, 600)], lines);
    const [[one = 0] = [], [other = 0] = []] = [routes.get('one'), routes.get('other')];
    expect(Math.abs(one - other)).toBeGreaterThanOrEqual(8);
  });

  test('stays where it is while something else is dragged, unless that stands in its way', () => {
    const ahead = line('ahead', 'left', 'right', [280, 100], [800, 22]);
    const before = new Map([['ahead', [500]]]);
    expect(routeLines([left, right], [ahead], before)).toEqual(before);
    expect(routeLines([left, right, card('dragged', 400, 0)], [ahead], before)).not.toEqual(before);
  });

  test('finds a way between cards in rows and columns, wherever it goes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ column: fc.nat(5), row: fc.nat(5) }), {
          minLength: 2,
          maxLength: 20,
          selector: ({ column, row }) => `${column} ${row}`,
        }),
        fc.array(fc.record({ from: fc.nat(19), to: fc.nat(19) }), { maxLength: 30 }),
        (places, ends) => {
          const cards = places.map(({ column, row }, at) => card(`${at}`, column * 360, row * 260));
          const lines = ends.flatMap(({ from, to }, at) => {
            const [source, target] = [cards[from % cards.length], cards[to % cards.length]];
            if (!source || !target) return [];
            const out: [number, number] = [source.rect.x + 280, source.rect.y + 100 + (at % 3) * 30];
            return line(`${at}`, source.id, target.id, out, [target.rect.x, target.rect.y + 22]);
          });
          const routes = routeLines(cards, lines);
          const behind = lines.filter(({ id, source, target }) => {
            const corners = cornersOf(source, target, routes.get(id) ?? []);
            return cards.some(({ rect }) => runsBehind(corners, rect));
          });
          expect(behind).toEqual([]);
        },
      ),
    );
  });
});
