import type { Definition, Point } from '#flows/definition/schema.ts';
import { CARD } from '../canvas/card-size.ts';
import { TRIGGER_CARD } from '../canvas/canvas-nodes.ts';
import type { Way } from './way.ts';

const GAP = 80;

/** Where a card goes that is put on a line, and which cards have to give way to the right for it. */
export interface Room {
  at: Point;
  moves: Record<string, Point>;
}

/** Makes room on a line: what follows it moves right by what is missing, the rest stays. Null where the line leads back or nowhere. */
export function roomOnLine(definition: Definition, { from, port }: Way): Room | null {
  const to = definition.edges.find((edge) => edge.from === from && edge.port === port)?.to;
  const { layout } = definition;
  const source = layout[from];
  const target = to === undefined ? undefined : layout[to];
  if (to === undefined || !source || !target || target.x <= source.x) return null;
  const right = source.x + CARD.width;
  const missing = Math.max(0, snap(CARD.width + 2 * GAP - (target.x - right)));
  const following = missing > 0 ? followers(definition, to, from, target.x) : [];
  const moves = Object.fromEntries(
    following.flatMap((id) => {
      const place = layout[id];
      return place ? [[id, { x: place.x + missing, y: place.y }]] : [];
    }),
  );
  return { at: { x: snap(right + (target.x + missing - right - CARD.width) / 2), y: target.y }, moves };
}

/** About as high as a card with a few ways out. */
const HEIGHT = 240;

/** How far cards that are put beside others have to go so that none lies on another: as wanted, or further down. */
export function clearBelow(
  { layout }: Pick<Definition, 'layout'>,
  cards: readonly Point[],
  by: Point,
): Point {
  const others = Object.values(layout);
  let { y } = by;
  for (;;) {
    const missing = cards.flatMap((card) =>
      others.flatMap((other) => {
        const aside = Math.abs(card.x + by.x - other.x) >= CARD.width;
        const apart = Math.abs(card.y + y - other.y) >= HEIGHT;
        return aside || apart ? [] : [other.y + HEIGHT - card.y - y];
      }),
    );
    if (missing.length === 0) return { x: by.x, y };
    y += Math.max(8, snap(Math.max(...missing)));
  }
}

/** The steps that come after one and stand no further left than it. */
function followers({ edges, layout }: Definition, first: string, except: string, left: number): string[] {
  const found = new Set([first]);
  for (const id of found) {
    for (const { from, to } of edges) {
      if (from === id && to !== except && to !== TRIGGER_CARD && (layout[to]?.x ?? 0) >= left) found.add(to);
    }
  }
  return [...found];
}

const snap = (value: number): number => Math.round(value / 8) * 8;
