import type { Rect } from '@xyflow/react';
import type { Definition, Point } from '#flows/definition/schema.ts';
import { boundStep } from '../canvas/bound-step.ts';
import { CARD } from '../canvas/card-size.ts';
import { overlaps } from '../canvas/spread.ts';
import type { Way } from './way.ts';

const GAP = 100;
const BETWEEN = 24;
/** A new card with a few ways out. */
const NEW = { width: CARD.width, height: 240 };
const STEP = 40;

/**
 * Where a new card goes, and which way out leads there: after the chosen card if one of its ways is open, else in the middle of what is
 * seen, or as near to it as there is room. It lies on nothing that is `taken`.
 */
export function openPlace(
  definition: Definition,
  chosen: string | null,
  seen: Rect,
  taken: readonly Rect[],
): { at: Point; way: Way | null } {
  const step = definition.nodes.find(({ id }) => id === chosen);
  const place = chosen === null ? undefined : definition.layout[chosen];
  const open =
    step && boundStep(step)?.ports.find((port) => port.required && !leads(definition, step.id, port.id));
  return step && place && open
    ? {
        at: firstBelow({ x: place.x + CARD.width + GAP, y: place.y }, taken),
        way: { from: step.id, port: open.id },
      }
    : { at: nearestTo(seen, taken), way: null };
}

const leads = ({ edges }: Definition, from: string, port: string): boolean =>
  edges.some((edge) => edge.from === from && edge.port === port);

/** The first spot at or below a point. */
function firstBelow({ x, y }: Point, taken: readonly Rect[]): Point {
  let spot = y;
  while (!isFree({ x, y: spot }, taken)) spot += STEP;
  return { x, y: snap(spot) };
}

/** The spot nearest to the middle of what is seen: in sight as long as there is one. */
function nearestTo(seen: Rect, taken: readonly Rect[]): Point {
  const middle = {
    x: snap(seen.x + (seen.width - NEW.width) / 2),
    y: snap(seen.y + (seen.height - NEW.height) / 2),
  };
  const isSeen = ({ x, y }: Point) =>
    x >= seen.x &&
    y >= seen.y &&
    x + NEW.width <= seen.x + seen.width &&
    y + NEW.height <= seen.y + seen.height;
  let elsewhere: Point | null = null;
  const furthest = Math.max(seen.width, seen.height);
  for (let ring = 0; ring <= furthest || elsewhere === null; ring += STEP) {
    for (const spot of around(middle, ring)) {
      if (!isFree(spot, taken)) continue;
      if (isSeen(spot)) return spot;
      elsewhere ??= spot;
    }
  }
  return elsewhere;
}

/** The spots at one distance from a point, those straight aside and below first. */
function around({ x, y }: Point, distance: number): Point[] {
  if (distance === 0) return [{ x, y }];
  const spots: Point[] = [];
  for (let aside = 0; aside <= distance; aside += STEP) {
    for (const by of aside === 0 ? [0] : [aside, -aside]) {
      spots.push({ x: x + by, y: y + distance }, { x: x + distance, y: y + by });
      spots.push({ x: x + by, y: y - distance }, { x: x - distance, y: y + by });
    }
  }
  return spots;
}

function isFree({ x, y }: Point, taken: readonly Rect[]): boolean {
  const room = {
    x: x - BETWEEN,
    y: y - BETWEEN,
    width: NEW.width + 2 * BETWEEN,
    height: NEW.height + 2 * BETWEEN,
  };
  return !taken.some((one) => overlaps(one, room));
}

const snap = (value: number): number => Math.round(value / 8) * 8;
