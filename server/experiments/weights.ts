import type { ExperimentState } from '#shared/api/experiments.ts';
import type { FlowStatus } from '#shared/api/flows.ts';

/** The weights in force from a moment on, by arm. */
export interface Weighting {
  from: Date;
  weights: ReadonlyMap<string, number>;
}

/** Whether people still come to an experiment, by its flow and what the newest version of that draws of it. */
export function stateOf(flow: FlowStatus, newest: Weighting['weights'] | null): ExperimentState {
  if (newest === null || flow === 'archived') return 'ended';
  if (flow !== 'live') return 'paused';
  return [...newest.values()].filter((weight) => weight > 0).length < 2 ? 'one-version' : 'running';
}

/** The same without entries that change nothing, oldest first. */
export function changesOf(weightings: readonly Weighting[]): Weighting[] {
  return weightings.filter((weighting, at) => {
    const before = weightings[at - 1];
    return !before || !sameWeights(before.weights, weighting.weights);
  });
}

/** How many people each arm should have got when `people[n]` came under the nth weighting. */
export function expectedCounts(
  arms: readonly string[],
  weightings: readonly Weighting[],
  people: readonly number[],
): number[] {
  return arms.map((arm) =>
    weightings.reduce((sum, { weights }, n) => {
      const total = [...weights.values()].reduce((all, weight) => all + weight, 0);
      return total === 0 ? sum : sum + ((people[n] ?? 0) * (weights.get(arm) ?? 0)) / total;
    }, 0),
  );
}

/** Two weightings are one where they give every arm the same share. */
function sameWeights(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  const share = (weights: ReadonlyMap<string, number>, arm: string): number =>
    (weights.get(arm) ?? 0) / [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...new Set([...a.keys(), ...b.keys()])].every((arm) => Object.is(share(a, arm), share(b, arm)));
}
