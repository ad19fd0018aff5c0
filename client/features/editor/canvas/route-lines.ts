import type { Rect, XYPosition } from '@xyflow/react';
import { overlaps, Spread } from './spread.ts';

/**
 * The way of a line from its dot to its card: the x of its first upright, the y of the level after it, the x of the next upright and so
 * on. Empty is straight ahead.
 */
export type Turns = readonly number[];

/** Where a line goes, and from where to where it looked for that. */
export interface Way {
  source: XYPosition;
  target: XYPosition;
  turns: Turns;
}

export interface RoutedCard {
  id: string;
  rect: Rect;
}

export interface RoutedLine {
  id: string;
  from: string;
  to: string;
  source: XYPosition;
  target: XYPosition;
  /** Its place among the lines of its card, top to bottom, of `lanes` in all. */
  lane: number;
  lanes: number;
}

/** How far from a dot or a card lines turn, how far at least they stay from foreign cards, and from each other: in pixels. */
const TURN = 24;
const APART = 8;
const LANE = 10;
/** What a bend, a crossing and a foreign card in the way are worth, in pixels of detour. */
const BEND = 40;
const CROSSING = 60;
const BLOCKED = 10_000_000;

/**
 * Finds a way for every line around the cards it does not belong to, with few bends, beside the other lines. Lines to one card may run
 * together. Lines in `kept` stay as they are if no card is in their way. The same drawing gives the same ways.
 */
export function routeLines(
  cards: readonly RoutedCard[],
  lines: readonly RoutedLine[],
  kept: ReadonlyMap<string, Turns> = new Map(),
): ReadonlyMap<string, Turns> {
  const drawing = new Drawing(cards);
  const routes = new Map<string, Turns>();
  const keep = (line: RoutedLine, turns: Turns) => {
    drawing.place(line, turns);
    routes.set(line.id, turns);
  };
  const open: RoutedLine[] = [];
  for (const line of lines) {
    const before = kept.get(line.id);
    if (before && drawing.isFree(line, before)) keep(line, before);
    else open.push(line);
  }
  // Short lines have the fewest ways to go.
  for (const line of open.toSorted((a, b) => reach(a) - reach(b))) keep(line, drawing.route(line));
  return routes;
}

const reach = ({ source, target }: RoutedLine): number =>
  Math.abs(target.x - source.x) + Math.abs(target.y - source.y) + (target.x < source.x ? 1_000 : 0);

/** The corners of a line, its ends among them. */
export function cornersOf(source: XYPosition, target: XYPosition, turns: Turns): XYPosition[] {
  const corners = [source];
  let { x, y } = source;
  turns.forEach((turn, at) => {
    if (at % 2 === 0) x = turn;
    else y = turn;
    corners.push({ x, y });
  });
  if (turns.length > 0) corners.push({ x, y: target.y });
  return [...corners, target];
}

/** A part of a line, without width or without height. */
interface Segment {
  rect: Rect;
  upright: boolean;
  to: string;
}

interface Best {
  turns: Turns;
  cost: number;
}

/** Cards, and the lines between them that have their way already. */
class Drawing {
  private readonly cards: Spread<RoutedCard>;
  private readonly uprights = new Spread<Segment>();
  private readonly levels = new Spread<Segment>();

  private readonly together = new Map<string, { start: number; end: number }>();
  /** Where cards are, from top to bottom. */
  private readonly downwards: readonly Rect[];

  constructor(cards: readonly RoutedCard[]) {
    this.cards = new Spread(cards);
    this.downwards = cards.map(({ rect }) => rect).sort((a, b) => a.y - b.y);
  }

  place(line: RoutedLine, turns: Turns): void {
    for (const segment of segmentsOf(line, turns)) {
      for (const part of this.newPartsOf(segment)) (part.upright ? this.uprights : this.levels).add(part);
    }
  }

  /** What of a part lies where no line to the same card lies yet: a hundred that run together to the end are one to go around. */
  private newPartsOf(segment: Segment): Segment[] {
    const { rect, upright, to } = segment;
    const [start, end] = upright ? [rect.y, rect.y + rect.height] : [rect.x, rect.x + rect.width];
    const key = `${upright ? rect.x : rect.y} ${upright} ${to}`;
    const there = this.together.get(key);
    if (!there) this.together.set(key, { start, end });
    if (!there || end < there.start || start > there.end) return [segment];
    this.together.set(key, { start: Math.min(start, there.start), end: Math.max(end, there.end) });
    const part = (from: number, until: number): Segment => ({
      ...segment,
      rect: upright ? { ...rect, y: from, height: until - from } : { ...rect, x: from, width: until - from },
    });
    return [
      ...(start < there.start ? [part(start, there.start)] : []),
      ...(end > there.end ? [part(there.end, end)] : []),
    ];
  }

  isFree(line: RoutedLine, turns: Turns): boolean {
    return this.blocks(line, turns) === 0;
  }

  route(line: RoutedLine): Turns {
    const { source, target } = line;
    const best: Best = { turns: [], cost: Infinity };
    if (source.y === target.y && source.x < target.x) this.weigh(line, [], best);
    const easy = reach(line) + 2 * BEND;
    if (best.cost > easy) this.tryOnce(line, best, easy);
    if (best.cost > easy) this.tryTwice(line, best, [source.x + TURN], [target.x - TURN]);
    if (best.cost >= BLOCKED) this.tryTwice(line, best, this.gaps(source, 1), this.gaps(target, -1));
    return this.beside(line, best.turns);
  }

  /** One upright: in the middle, or beside either end. */
  private tryOnce(line: RoutedLine, best: Best, easy: number): void {
    const { source, target } = line;
    const room = target.x - source.x;
    if (room < 2 * APART) return;
    const clear = Math.min(20, room / 2);
    const aside = (placeOf(line, target.y) - (line.lanes - 1) / 2) * LANE;
    for (const x of [(source.x + target.x) / 2, source.x + 2 * TURN, target.x - 2 * TURN]) {
      this.weigh(line, [Math.max(source.x + clear, Math.min(target.x - clear, x + aside))], best);
      if (best.cost <= easy) return;
    }
  }

  /** Two uprights, and between them a level where no card is in the way. */
  private tryTwice(line: RoutedLine, best: Best, firsts: readonly number[], lasts: readonly number[]): void {
    const { source, target } = line;
    for (const first of firsts) {
      for (const last of lasts) {
        for (const level of this.freeLevels(line, first, last)) {
          const x = first + placeOf(line, level) * LANE;
          if (
            detour(line, level) + x - source.x + Math.abs(last - x) + target.x - last + 3 * BEND >=
            best.cost
          )
            break;
          this.weigh(line, [x, level, last], best);
        }
      }
    }
  }

  /** The heights at which nothing is in the way from one x to another, the shortest way first. */
  private freeLevels(line: RoutedLine, first: number, last: number): number[] {
    const [left, right] = [Math.min(first, last) - APART, Math.max(first, last) + APART];
    const found: number[] = [];
    let from = -Infinity;
    for (const { x, y, width, height } of this.downwards) {
      if (x >= right || x + width <= left) continue;
      if (y - ASIDE >= from) found.push(Math.max(from, Math.min(y - ASIDE, line.target.y)));
      from = Math.max(from, y + height + ASIDE);
    }
    found.push(Math.max(from, line.target.y));
    return found.sort((a, b) => detour(line, a) - detour(line, b));
  }

  /** Where an upright can stand before or behind a dot: beside it, and beside the cards around. */
  private gaps({ x, y }: XYPosition, direction: 1 | -1): number[] {
    const around = this.cards.near({ x, y, width: 0, height: 0 }, AROUND);
    const beside = [...around].flatMap(({ rect }) => [rect.x - ASIDE, rect.x + rect.width + ASIDE]);
    return [...new Set([x + direction * APART, x + direction * TURN, ...beside])]
      .filter((one) => (one - x) * direction >= APART)
      .sort((a, b) => (a - b) * direction)
      .slice(0, 8);
  }

  /** The same way, beside the lines to other cards that lie on it. */
  private beside(line: RoutedLine, turns: Turns): Turns {
    const blocked = this.blocks(line, turns);
    const best: Best = { turns, cost: this.lies(line, turns) };
    for (let at = 0; at < turns.length && best.cost > 0; at++) {
      const now = best.turns;
      best.cost += this.crossings(line, now) * CROSSING;
      for (const by of SHIFTS) {
        const shifted = now.with(at, (now[at] ?? 0) + by);
        if (!leavesAndArrives(line, shifted)) continue;
        let cost = Math.abs(by) + this.lies(line, shifted);
        if (cost >= best.cost || this.blocks(line, shifted) > blocked) continue;
        cost += this.crossings(line, shifted) * CROSSING;
        if (cost < best.cost) Object.assign(best, { turns: shifted, cost });
      }
      best.cost = this.lies(line, best.turns);
    }
    return best.turns;
  }

  /** What it costs that a line lies on others. */
  private lies(line: RoutedLine, turns: Turns): number {
    return 3 * CROSSING * this.covered(line, turns);
  }

  private weigh(line: RoutedLine, turns: Turns, best: Best): void {
    let cost = turns.length * BEND;
    for (const { rect } of segmentsOf(line, turns)) cost += rect.width + rect.height;
    if (cost < best.cost) cost += this.blocks(line, turns) * BLOCKED;
    if (cost < best.cost) cost += this.crossings(line, turns) * CROSSING;
    if (cost < best.cost) Object.assign(best, { turns, cost });
  }

  /** How often a line would run through a card. It may touch its own. */
  private blocks(line: RoutedLine, turns: Turns): number {
    let count = 0;
    for (const { rect } of segmentsOf(line, turns)) {
      for (const card of this.cards.near(rect, APART - 1)) {
        if ((card.id !== line.from && card.id !== line.to) || overlaps(card.rect, rect)) count++;
        if (count === ENOUGH) return count;
      }
    }
    return count;
  }

  private crossings(line: RoutedLine, turns: Turns): number {
    let count = 0;
    if (reach(line) > FOLLOWED) return count;
    for (const { rect, upright } of segmentsOf(line, turns))
      for (const _ of (upright ? this.levels : this.uprights).near(rect)) count++;
    return count;
  }

  /** How many lines to other cards it would lie on, or too close to. */
  private covered(line: RoutedLine, turns: Turns): number {
    let count = 0;
    for (const { rect, upright } of segmentsOf(line, turns)) {
      for (const other of (upright ? this.uprights : this.levels).near(rect, APART))
        if (other.to !== line.to && ++count === ENOUGH) return count;
    }
    return count;
  }
}

/** Nobody follows a longer line with the eye: what it crosses is not counted. */
const FOLLOWED = 4_000;
/** Of what is in the way of a line, this many are as bad as more. */
const ENOUGH = 6;
const AROUND = 480;
const ASIDE = 16;
const SHIFTS = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5].map((step) => step * LANE);

/** Its place among the lines of its card when it turns up or down: those that turn last go furthest, so that none crosses another. */
const placeOf = ({ lane, lanes, source }: RoutedLine, to: number): number =>
  to > source.y ? lanes - 1 - lane : lane;

/** How far up and down a line goes that takes a level. */
const detour = ({ source, target }: RoutedLine, level: number): number =>
  Math.abs(level - source.y) + Math.abs(target.y - level);

/** Whether a line still leaves its dot to the right, and comes to its card from the left. */
const leavesAndArrives = ({ source, target }: RoutedLine, turns: Turns): boolean =>
  (turns[0] ?? Infinity) >= source.x + APART && (turns.at(-1) ?? -Infinity) <= target.x - APART;

function segmentsOf({ source, target, to }: RoutedLine, turns: Turns): Segment[] {
  const corners = cornersOf(source, target, turns);
  return corners.slice(1).map((end, at) => {
    const start = corners[at] ?? end;
    return {
      rect: {
        x: Math.min(start.x, end.x),
        y: Math.min(start.y, end.y),
        width: Math.abs(end.x - start.x),
        height: Math.abs(end.y - start.y),
      },
      upright: at % 2 === 1,
      to,
    };
  });
}
