import { drawnFrom } from '../engine/flatten.ts';

/** A line of the drawing, as "node.port"; null for lines of a flow that a step holds, which are that flow's own. */
export function drawnLine(line: string): string | null {
  const at = line.lastIndexOf('.');
  const from = drawnFrom(line.slice(0, at));
  return from === null ? null : `${from}.${line.slice(at + 1)}`;
}

/** The lines of the drawing among these. */
export const drawnLines = (lines: Iterable<string>): Set<string> =>
  new Set([...lines].flatMap((line) => drawnLine(line) ?? []));
