/** A card for finding one's way by arrow keys: where it is on the canvas, by its centre. */
export interface Landmark {
  id: string;
  x: number;
  y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What lies further aside than this many times its way ahead is not in that direction. */
const WIDEST = 3;

/** The nearest card in a direction; those straight ahead go before those aside. Null where there is none. */
export function nearest(from: Landmark, others: readonly Landmark[], direction: Direction): string | null {
  let best: string | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const other of others) {
    if (other.id === from.id) continue;
    const [ahead, aside] = relative(other.x - from.x, other.y - from.y, direction);
    if (ahead <= 0 || Math.abs(aside) > WIDEST * ahead) continue;
    const cost = ahead + 2.5 * Math.abs(aside);
    if (cost < bestCost) {
      best = other.id;
      bestCost = cost;
    }
  }
  return best;
}

function relative(dx: number, dy: number, direction: Direction): [ahead: number, aside: number] {
  switch (direction) {
    case 'left':
      return [-dx, dy];
    case 'right':
      return [dx, dy];
    case 'up':
      return [-dy, dx];
    case 'down':
      return [dy, dx];
  }
}
