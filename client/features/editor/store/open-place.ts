import type { Definition, Point } from '#flows/definition/schema.ts';
import { boundStep } from '../canvas/bound-step.ts';
import { CARD } from '../canvas/card-size.ts';
import type { Way } from './way.ts';

const GAP = 100;
const ROW = 200;
const ROOM = { width: CARD.width + 24, height: ROW - 24 };

/** Where a new card goes, and which way out leads there: after the chosen card if one of its ways is open, else at `centre`. */
export function openPlace(
  definition: Definition,
  chosen: string | null,
  centre: Point,
): { at: Point; way: Way | null } {
  const step = definition.nodes.find(({ id }) => id === chosen);
  const place = chosen === null ? undefined : definition.layout[chosen];
  const open =
    step && boundStep(step)?.ports.find((port) => port.required && !leads(definition, step.id, port.id));
  if (!step || !place || !open) {
    return {
      at: freeSpot(definition, { x: snap(centre.x - CARD.width / 2), y: snap(centre.y - ROW / 2) }),
      way: null,
    };
  }
  return {
    at: freeSpot(definition, { x: place.x + CARD.width + GAP, y: place.y }),
    way: { from: step.id, port: open.id },
  };
}

const leads = ({ edges }: Definition, from: string, port: string): boolean =>
  edges.some((edge) => edge.from === from && edge.port === port);

/** The first spot at or below a point where no other card stands. */
function freeSpot({ layout }: Definition, { x, y }: Point): Point {
  const taken = Object.values(layout);
  let spot = y;
  while (taken.some((one) => Math.abs(one.x - x) < ROOM.width && Math.abs(one.y - spot) < ROOM.height))
    spot += ROW;
  return { x, y: spot };
}

const snap = (value: number): number => Math.round(value / 8) * 8;
