import { type Condition, conditionVariables, holds, type Variables } from '../engine/condition.ts';
import type { Scalar } from '../engine/effects.ts';
import type { Fork } from './facts.ts';
import { possibilities, type Scene } from './scene.ts';
import type { Settled } from './settled.ts';

type Values = ReadonlyMap<string, Scalar>;

/** Tries the cases in order, and looks at a variable only when a case reads it. `seen` is what this branch has looked at. */
export function settleBranch(
  cases: readonly { port: string; when: Condition }[],
  otherwise: string,
  fork: Fork,
  scene: Scene,
  seen: Values = new Map(),
): Settled[] {
  const [first, ...rest] = cases;
  if (!first) return [taken(fork, otherwise)];
  let ways: { fork: Fork; seen: Values }[] = [{ fork, seen }];
  for (const variable of new Set(conditionVariables(first.when))) {
    if (variable.startsWith('program.') || seen.has(variable)) continue;
    ways = ways.flatMap((way) =>
      scene.table
        .wonder(way.fork, variable, possibilities(variable, scene))
        .map(({ value, ...one }) => ({ fork: one, seen: new Map(way.seen).set(variable, value) })),
    );
  }
  return ways.flatMap((way) =>
    holds(first.when, variablesFrom(way.seen, scene))
      ? [taken(way.fork, first.port)]
      : settleBranch(rest, otherwise, way.fork, scene, way.seen),
  );
}

const taken = (fork: Fork, port: string): Settled => ({
  fork,
  next: { type: `answer.branch.${port}` },
  note: null,
});

/** What conditions and texts read, from the values that are known. */
export function variablesFrom(values: Values, { ground }: Scene): Variables {
  const spaces: Record<'contact' | 'answers' | 'run', Record<string, Scalar>> = {
    contact: {},
    answers: {},
    run: {},
  };
  for (const [variable, value] of values) {
    const [space, name = ''] = variable.split('.');
    if (space === 'contact' || space === 'answers' || space === 'run') spaces[space][name] = value;
  }
  return { ...spaces, program: { brand: ground.sender.program.brand } };
}
