import { describe, expect, test } from '@jest/globals';
import type { Rect } from '@xyflow/react';
import { canvasEdges } from '#client/features/editor/canvas/canvas-edges.ts';
import {
  canvasNodes,
  type StepCardNode,
  TRIGGER_CARD,
  withMeasuredHandles,
} from '#client/features/editor/canvas/canvas-nodes.ts';
import { rectOf } from '#client/features/editor/canvas/card-places.ts';
import { firstView, shiftIntoSight } from '#client/features/editor/canvas/fit.ts';
import { nearest } from '#client/features/editor/canvas/navigate.ts';
import { tidy } from '#client/features/editor/canvas/tidy.ts';
import { openPlace } from '#client/features/editor/store/open-place.ts';
import { apply } from '#flows/definition/operations.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { opened } from '../support/phone-stage.ts';

const offer = opened(TEMPLATES.find(({ id }) => id === 'ab-offer')?.definition).definition;
const none: ReadonlySet<string> = new Set();
const cardOf = (nodes: ReturnType<typeof canvasNodes>, id: string): StepCardNode => {
  const card = nodes.find((node) => node.id === id);
  if (card?.type !== 'step') throw new Error(`There is no card ${id}.`);
  return card;
};

describe('cards', () => {
  const before = canvasNodes(offer, none, []);

  test('are one for each step, and one for what starts the flow', () => {
    expect(before.map(({ id }) => id)).toEqual([TRIGGER_CARD, ...offer.nodes.map(({ id }) => id)]);
  });

  test('stay the same objects where nothing changed', () => {
    expect(canvasNodes(offer, none, before)).toEqual(before);
    const titled = apply(offer, { do: 'title-node', id: 'enjoy', title: 'Other' });
    const after = canvasNodes(titled, none, before);
    expect(after.filter((node) => !before.includes(node)).map(({ id }) => id)).toEqual(['enjoy']);
  });

  test('have a handle for each way on, on its row, however high they turn out', () => {
    const card = cardOf(before, 'half');
    const sources = (node: StepCardNode) => node.handles?.filter(({ type }) => type === 'source') ?? [];
    expect(sources(card).map(({ id }) => id)).toEqual(['redeem', 'other', 'timeout']);
    const measured = withMeasuredHandles({ ...card, measured: { width: 280, height: 222 } });
    expect(measured.type === 'step' && sources(measured).map(({ y }) => y)).toEqual([146, 176, 206]);
  });

  test('show ways on that need not lead anywhere while they are chosen', () => {
    const chosen = cardOf(canvasNodes(offer, new Set(['half']), before), 'half');
    expect(chosen.handles?.map(({ id }) => id)).toContain('suppressed');
  });

  test('keep lines that leave by a way out that is gone', () => {
    const edges = [...offer.edges, { from: 'half', port: 'lost', to: 'done' }];
    const card = cardOf(canvasNodes({ ...offer, edges }, none, []), 'half');
    expect(card.data.ports.at(-1)).toMatchObject({ id: 'lost', label: 'lost (gone)' });
  });

  test('are none at all in an empty drawing', () => {
    expect(canvasNodes({ ...offer, nodes: [], edges: [], triggers: [], start: null }, none, [])).toEqual([]);
  });
});

describe('lines', () => {
  const before = canvasEdges(offer, none, []);

  test('are one for each way out that leads somewhere', () => {
    expect(before).toHaveLength(offer.edges.length + 1);
    expect(before[0]).toMatchObject({ source: TRIGGER_CARD, target: 'test' });
  });

  test('are the very same list while none changed', () => {
    expect(canvasEdges(apply(offer, { do: 'move-nodes', to: { done: { x: 9, y: 9 } } }), none, before)).toBe(
      before,
    );
    expect(canvasEdges(offer, new Set([before[1]?.id ?? '']), before)).not.toBe(before);
  });

  test('are drawn once where a broken drawing has them twice', () => {
    const edges = [...offer.edges, { from: 'later', port: 'next', to: 'enjoy' }];
    const drawn = canvasEdges({ ...offer, edges }, none, []).filter(({ source }) => source === 'later');
    expect(drawn.map(({ target }) => target)).toEqual(['done']);
  });
});

describe('tidying up', () => {
  const size = { width: 280, height: 200 };

  test.each(TEMPLATES.map(({ id, definition }) => [id, opened(definition).definition] as const))(
    'leaves no two cards of %s on top of each other, and goes left to right',
    (_, definition) => {
      const places = Object.entries(tidy(definition, () => size));
      expect(places).toHaveLength(definition.nodes.length);
      for (const [a, p] of places) {
        for (const [b, q] of places) {
          if (a < b)
            expect(Math.abs(p.x - q.x) >= size.width || Math.abs(p.y - q.y) >= size.height).toBe(true);
        }
      }
      const start = places.find(([id]) => id === definition.start)?.[1].x;
      expect(start).toBe(Math.min(...places.map(([, { x }]) => x)));
    },
  );

  test('puts what the first way out leads to above the rest, as the ways out stand', () => {
    const { half, double } = tidy(offer, () => size);
    expect(half?.y).toBeLessThan(double?.y ?? 0);
  });

  test('keeps a long flow together whose questions all give up at its end', () => {
    const count = 60;
    const ids = Array.from({ length: count }, (_, at) => `ask${at}`);
    const { definition } = opened({
      schemaVersion: 1,
      name: 'Long',
      nodes: [
        ...ids.map((id) => ({ id, kind: 'collect', config: { save: id, what: 'any', text: 'And then?' } })),
        { id: 'end', kind: 'end', config: {} },
      ],
      edges: ids.flatMap((from, at) => [
        { from, port: 'valid', to: ids[at + 1] ?? 'end' },
        { from, port: 'invalid', to: 'end' },
        { from, port: 'noreply', to: 'end' },
        // Somebody may begin anew.
        ...(at === count - 1 ? [{ from, port: 'suppressed', to: 'ask0' }] : []),
      ]),
      start: 'ask0',
    });
    const places = tidy(definition, () => size);
    const { x, y } = places.ask0 ?? { x: 0, y: 0 };
    expect(ids.map((id) => places[id]?.x)).toEqual(ids.map((_, at) => x + at * 384));
    expect(places.end?.x).toBe(x + count * 384);
    for (const place of Object.values(places)) expect(Math.abs(place.y - y)).toBeLessThan(3 * size.height);
  });
});

test('arrows go to the nearest card, straight ahead before aside', () => {
  const at = (id: string, x: number, y: number) => ({ id, x, y });
  const here = at('here', 0, 0);
  const others = [at('ahead', 300, 20), at('aside', 200, 300), at('behind', -100, 0)];
  expect(nearest(here, others, 'right')).toBe('ahead');
  expect(nearest(here, others, 'down')).toBe('aside');
  expect(nearest(here, others, 'left')).toBe('behind');
  expect(nearest(here, others, 'up')).toBeNull();
});

describe('a new card', () => {
  const cards = canvasNodes(offer, none, []).map(rectOf);
  const seen = { x: -400, y: -100, width: 1_200, height: 800 };
  const liesOn = ({ x, y }: { x: number; y: number }, taken: readonly Rect[]): boolean =>
    taken.some(
      (one) => x < one.x + one.width && one.x < x + 280 && y < one.y + one.height && one.y < y + 170,
    );

  test('goes beside the chosen one, joined to its first open way', () => {
    const open = apply(offer, { do: 'disconnect', from: 'later', port: 'next' });
    const { at, way } = openPlace(open, 'later', seen, cards);
    expect(way).toEqual({ from: 'later', port: 'next' });
    expect(at.x).toBe((open.layout.later?.x ?? 0) + 380);
    expect(liesOn(at, cards)).toBe(false);
  });

  test('goes to the middle of what is seen, or into sight beside the cards that are there', () => {
    expect(openPlace(offer, 'later', seen, []).at).toEqual({ x: 64, y: 184 });
    const { at, way } = openPlace(offer, 'later', seen, cards);
    expect(way).toBeNull();
    expect(liesOn(at, cards)).toBe(false);
    expect(at.x).toBeGreaterThanOrEqual(seen.x);
    expect(at.x + 280).toBeLessThanOrEqual(seen.x + seen.width);
    expect(at.y).toBeGreaterThanOrEqual(seen.y);
    expect(at.y + 240).toBeLessThanOrEqual(seen.y + seen.height);
  });

  test('goes beside what is seen where that is full', () => {
    const { at } = openPlace(offer, null, seen, [seen]);
    expect(liesOn(at, [seen])).toBe(false);
    expect(Math.abs(at.y - 184)).toBeLessThan(seen.height);
  });
});

describe('what is seen', () => {
  const size = { width: 1_000, height: 700 };

  test('is everything, if it can be read then', () => {
    const box = { x: 0, y: 0, width: 800, height: 400 };
    expect(firstView(box, box, size, false).zoom).toBeGreaterThan(0.65);
  });

  test('is beside the phone, where a small drawing stands on a narrow canvas too', () => {
    const card = { x: 0, y: 0, width: 280, height: 100 };
    const view = firstView(card, card, { width: 720, height: 600 }, true);
    expect(view.x + card.width * view.zoom).toBeLessThan(720 - 336);
  });

  test('is the beginning of what is too big', () => {
    const box = { x: -380, y: -900, width: 9_000, height: 3_000 };
    const view = firstView(box, { x: -380, y: 0, width: 280, height: 100 }, size, false);
    expect(view).toMatchObject({ zoom: 0.65, x: 40 + 380 * 0.65 });
  });

  test('leaves no empty room on one side while there is more on the other', () => {
    const beginning = { x: 0, y: 0, width: 280, height: 100 };
    const down = firstView({ ...beginning, height: 3_000 }, beginning, size, false);
    expect(down.y).toBe(40);
    const up = firstView({ ...beginning, y: -2_900, height: 3_000 }, beginning, size, false);
    expect(up.y + 100 * up.zoom).toBe(size.height - 64);
    const wide = firstView({ ...beginning, width: 9_000, height: 300 }, beginning, size, false);
    expect(wide.y + 150 * wide.zoom).toBe((40 + size.height - 64) / 2);
  });

  test('takes in a card that was hidden', () => {
    const free = { x: 0, y: 0, width: 500, height: 500 };
    const card = { x: 450, y: 20, width: 200, height: 100 };
    expect(shiftIntoSight(card, free)).toEqual({ dx: -150, dy: 0 });
    expect(shiftIntoSight({ ...card, x: 100 }, free)).toBeNull();
    expect(shiftIntoSight({ ...card, width: 900 }, free)).toEqual({ dx: -450, dy: 0 });
  });
});
