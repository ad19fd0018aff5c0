import { drawnNode } from '../engine/flatten.ts';
import type { Edge } from './explore.ts';
import type { Ground } from './ground.ts';
import { goesAlong, wayTo } from './paths.ts';
import { givenSentences, scriptOf } from './script.ts';
import { type Limits, subjecting } from './subject.ts';

/** A line of the drawing that no generated conversation goes along, and why. */
export interface Uncovered {
  node: string;
  port: string;
  why: string;
}

/** Why somebody new does not come along a line: only other people do, or only what nobody can text brings them there. */
export function* whyNot(
  lines: readonly string[],
  ground: Ground,
  options: Limits,
): Generator<unknown, Uncovered[]> {
  if (lines.length === 0) return [];
  const { exploration } = yield* subjecting(ground, [], options);
  const uncovered: Uncovered[] = [];
  for (const line of lines) {
    yield;
    const at = line.lastIndexOf('.');
    const way = wayTo(exploration, { wanted: (edge) => goesAlong(edge, line) });
    uncovered.push({
      node: drawnNode(line.slice(0, at)),
      port: line.slice(at + 1),
      why: reason(way, ground),
    });
  }
  return uncovered;
}

function reason(way: readonly Edge[] | null, ground: Ground): string {
  if (!way) return 'Nothing leads along it.';
  if (way.some(({ doubtful }) => doubtful)) {
    return 'Only what no text brings about leads along it, such as a spending limit.';
  }
  const given = givenSentences(scriptOf(way, ground).given);
  return given.length > 0
    ? `Only somebody comes along it who ${given.join(' and ')}.`
    : 'No conversation along it was found in time.';
}
