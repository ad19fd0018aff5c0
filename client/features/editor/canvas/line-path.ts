import type { XYPosition } from '@xyflow/react';

const RADIUS = 12;

/** A line through its corners as SVG draws it, with the corners rounded. */
export function pathThrough(corners: readonly XYPosition[]): string {
  const [first, ...rest] = corners;
  if (!first) return '';
  const last = rest.length - 1;
  return rest.reduce((path, corner, at) => {
    const [before, after] = [corners[at], rest[at + 1]];
    if (at === last || !before || !after) return `${path} L ${corner.x} ${corner.y}`;
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const [from, to] = [towards(corner, before, radius), towards(corner, after, radius)];
    return `${path} L ${from.x} ${from.y} Q ${corner.x} ${corner.y} ${to.x} ${to.y}`;
  }, `M ${first.x} ${first.y}`);
}

/** The middle of the longest part of a line, where there is the most room on it. */
export function middleOf(corners: readonly XYPosition[]): XYPosition {
  let longest = -1;
  let middle = corners[0] ?? { x: 0, y: 0 };
  corners.forEach((corner, at) => {
    const next = corners[at + 1];
    if (!next || distance(corner, next) <= longest) return;
    longest = distance(corner, next);
    middle = { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 };
  });
  return middle;
}

const distance = (a: XYPosition, b: XYPosition): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

function towards(from: XYPosition, to: XYPosition, by: number): XYPosition {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}
