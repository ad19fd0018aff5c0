import { drawnNode } from '../engine/flatten.ts';
import { factsAt } from './ahead.ts';
import { type Edge, type Exploration, exploring, MAX_STATES } from './explore.ts';
import { STOPPED } from './facts.ts';
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

/** Closer looks at what a loose exploration shows, by the facts that they keep in mind, and how many states they may still cost. */
interface Closer {
  looks: Map<string, Exploration>;
  states: number;
}

/** Why somebody new does not come along a line: only other people do, or only what nobody can text brings them there. */
export function* whyNot(
  lines: readonly string[],
  ground: Ground,
  options: Limits,
): Generator<unknown, Uncovered[]> {
  if (lines.length === 0) return [];
  const { exploration } = yield* subjecting(ground, [], options);
  const closer: Closer = { looks: new Map(), states: options.maxStates ?? MAX_STATES };
  const uncovered: Uncovered[] = [];
  for (const line of lines) {
    yield;
    const at = line.lastIndexOf('.');
    uncovered.push({
      node: drawnNode(line.slice(0, at)),
      port: line.slice(at + 1),
      why: yield* reason(line, exploration, closer, options),
    });
  }
  return uncovered;
}

/**
 * A way that a loose exploration shows may contradict itself: it is looked at again with what its steps ask kept in mind, until nothing
 * new is asked. What is not found then cannot happen.
 */
function* reason(
  line: string,
  loose: Exploration,
  closer: Closer,
  { memory }: Limits,
): Generator<unknown, string> {
  const { ground } = loose.scene;
  const wish = { wanted: (edge: Edge) => goesAlong(edge, line) };
  const kept = new Set([STOPPED]);
  let looked = loose;
  for (;;) {
    const way = wayTo(looked, wish);
    if (!way) return looked.bounded ? UNHEARD : looked === loose ? NOTHING : CONTRADICTION;
    const asked = way.flatMap(({ passages }) =>
      passages.flatMap(({ from }) => factsAt(ground.drawing, from, ground.ages)),
    );
    if (!loose.isLoose || asked.every((fact) => kept.has(fact))) return reasonOf(way, ground);
    for (const fact of asked) kept.add(fact);
    const key = [...kept].sort().join('\n');
    let next = closer.looks.get(key);
    if (!next) {
      next = yield* exploring(ground, { track: new Set(kept), maxStates: closer.states, memory });
      closer.looks.set(key, next);
      closer.states = Math.max(0, closer.states - next.states.length);
    }
    if (next.bounded && !wayTo(next, wish)) return reasonOf(way, ground);
    looked = next;
  }
}

const NOTHING = 'Nothing leads along it.';
const CONTRADICTION = 'Nothing leads along it: what that takes cannot be true together.';
const UNHEARD = 'No conversation along it was found in time.';

function reasonOf(way: readonly Edge[], ground: Ground): string {
  if (way.some(({ doubtful }) => doubtful)) {
    return 'Only what no text brings about leads along it, such as a spending limit.';
  }
  const given = givenSentences(scriptOf(way, ground).given);
  return given.length > 0 ? `Only somebody comes along it who ${given.join(' and ')}.` : UNHEARD;
}
