import type { Rect } from '@xyflow/react';

/** Drawings go from left to right, and so do most of their lines. */
const CELL = { width: 2_048, height: 256 };

/** Things spread over the canvas, found by where they are: in fields, so that looking around one place does not look at all. */
export class Spread<Thing extends { rect: Rect }> {
  private readonly cells = new Map<number, Thing[]>();

  constructor(things: Iterable<Thing> = []) {
    for (const thing of things) this.add(thing);
  }

  add(thing: Thing): void {
    const { left, top, right, bottom } = cellsOf(thing.rect);
    for (let column = left; column <= right; column++) {
      for (let row = top; row <= bottom; row++) {
        const there = this.cells.get(keyOf(column, row));
        if (there) there.push(thing);
        else this.cells.set(keyOf(column, row), [thing]);
      }
    }
  }

  /** What shares more than an edge with a box, or comes nearer to it than `margin`; each thing once. */
  *near({ x, y, width, height }: Rect, margin = 0): Generator<Thing> {
    const box = { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
    const { left, top, right, bottom } = cellsOf(box);
    for (let column = left; column <= right; column++) {
      for (let row = top; row <= bottom; row++) {
        for (const thing of this.cells.get(keyOf(column, row)) ?? []) {
          if (!overlaps(thing.rect, box)) continue;
          // What lies in several fields is told of in the first of them that the box lies in too.
          const first = cellsOf(thing.rect);
          if (column === Math.max(left, first.left) && row === Math.max(top, first.top)) yield thing;
        }
      }
    }
  }
}

/** Two fields far apart may have the same key, which costs a look and nothing else. */
const keyOf = (column: number, row: number): number => column * 65_536 + row;

const cellsOf = ({ x, y, width, height }: Rect) => ({
  left: Math.floor(x / CELL.width),
  top: Math.floor(y / CELL.height),
  right: Math.floor((x + width) / CELL.width),
  bottom: Math.floor((y + height) / CELL.height),
});

/** Whether two boxes share more than an edge. A line is a box without width or height. */
export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
