import type { Issue } from '../definition/issue.ts';
import {
  type Exploration,
  explore,
  type ExploreOptions,
  exploring,
  MAX_STATES,
  type Progress,
} from './explore.ts';
import { ageFact, listFact, STOPPED, UNASKED } from './facts.ts';
import type { Ground } from './ground.ts';
import type { ProofMemory } from './memory.ts';
import { finish } from './steps.ts';

/** When an exploration gives up. */
export interface Limits {
  /** States after which keeping every fact in mind is given up, in favour of asking about most of them anew each time. */
  exactStates?: number;
  /** States after which everything is. */
  maxStates?: number;
  /** What earlier proofs of the flow left behind, for one of the next draft. */
  memory?: ProofMemory;
}

/** What properties look at. */
export interface Subject {
  ground: Ground;
  /** Every conversation there is, and where `isLoose`, more than that. */
  exploration: Exploration;
  /** The exploration that knows most about what the flow itself does to a list. */
  about: (list: string) => Exploration;
  /** What `inspect` said about the drawing, which nothing here says twice. */
  issues: readonly Issue[];
}

/**
 * Explores a flow as exactly as it can be afforded. Where there are too many states, conditions and tests are asked about anew each
 * time they are met: that allows everything that is possible and more, so what is not found then cannot happen.
 */
export const subjectOf = (ground: Ground, issues: readonly Issue[], limits: Limits = {}): Subject =>
  finish(subjecting(ground, issues, limits));

/** The same, a state at a time. `lists`: those that will be asked about, to be explored on the way. */
export function* subjecting(
  ground: Ground,
  issues: readonly Issue[],
  limits: Limits = {},
  lists: Iterable<string> = [],
): Generator<Progress, Subject> {
  const { maxStates = MAX_STATES, memory } = limits;
  const exact = yield* exploring(ground, { maxStates: exactLimit(ground, limits), memory });
  if (!exact.bounded) return { ground, exploration: exact, about: () => exact, issues };
  const exploration = yield* exploring(ground, { track: new Set(), maxStates, memory });
  const knowing = (list: string): ExploreOptions => ({
    track: new Set([STOPPED, UNASKED, listFact(list), ageFact(ground.ages.get(list) ?? 0)]),
    alone: true,
    maxStates,
    memory,
  });
  const byList = new Map<string, Exploration>();
  for (const list of new Set(lists)) byList.set(list, yield* exploring(ground, knowing(list)));
  const about = (list: string): Exploration => {
    const known = byList.get(list) ?? explore(ground, knowing(list));
    byList.set(list, known);
    return known;
  };
  return { ground, exploration, about, issues };
}

/** A few states for each place that a run can stand in, and a few thousand in any case: beyond that there is seldom an end to them. */
export function exactLimit({ drawing }: Ground, { maxStates = MAX_STATES, exactStates }: Limits): number {
  let places = 0;
  for (const { ways } of drawing.outlines.values()) places += new Set(ways.map(({ from }) => from)).size;
  const limit = exactStates ?? Math.min(8_000, Math.max(3_000, 8 * places));
  return Math.min(maxStates, limit);
}
