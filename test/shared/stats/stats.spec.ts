import { describe, expect, it } from '@jest/globals';
import { probabilityBBeatsA } from '#shared/stats/bayes.ts';
import { peopleAtOneLook } from '#shared/stats/plan.ts';
import { sampleRatio } from '#shared/stats/sample-ratio.ts';
import { wilson } from '#shared/stats/wilson.ts';
import { readVectors } from '../../vectors/read-vectors.ts';

type Numbers = Record<string, number>;

interface Vector<Input, Expected> {
  id: string;
  kind: string;
  input: Input;
  expected: Expected;
  tolerance: number;
}

const { vectors } = readVectors<{ vectors: Vector<never, never>[] }>('stats');

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });

// What we compute for each kind of vector, under the names the vector uses.
const OURS = {
  one_proportion_chi2_wilson: ({ count, nobs }: Numbers) => ({
    wilson_ci95: pair(wilson(arm(count ?? 0, nobs ?? 0))),
  }),
  one_proportion_ci95: ({ x, n }: Numbers) => ({ wilson: pair(wilson(arm(x ?? 0, n ?? 0))) }),
  sample_size_per_variation_evanmiller: ({ baseline, mde_abs }: Numbers) => ({
    n: (peopleAtOneLook({ baseline: baseline ?? 0, shares: [1, 1] }, mde_abs ?? 0) ?? Number.NaN) / 2,
  }),
  srm_chi2: ({ observed, weights }: { observed: number[]; weights: number[] }) => ({
    ...sampleRatio(observed, weights),
  }),
  bayes_prob_b_beats_a_uniform_prior: ({
    a,
    b,
  }: {
    a: { x: number; n: number };
    b: { x: number; n: number };
  }) => ({
    p: probabilityBBeatsA(arm(a.x, a.n), arm(b.x, b.n)),
  }),
} satisfies Record<string, (input: never) => Record<string, unknown>>;

// Kinds of vectors of methods that nobody is shown, and why.
const ONE_LOOK = 'right at one planned look only: our results are watched';
const WITHOUT_COUNTERPART: Record<string, string> = {
  two_proportion_z_pooled: ONE_LOOK,
  k_proportion_chi2: ONE_LOOK,
  two_proportion_ci: ONE_LOOK,
  chi2_2x2_yates: ONE_LOOK,
  cohen_h: 'tests are planned in points, which people can picture',
  power_two_proportions_h: ONE_LOOK,
  power_normal_ind: ONE_LOOK,
  power_two_proportions_diff: ONE_LOOK,
  pocock_nominal_alpha: 'fixed numbers of looks: our intervals allow any number',
  benjamini_hochberg: 'one goal at a time is shown, and its versions share the risk of being wrong',
};

function pair({ low, high }: { low: number; high: number }): number[] {
  return [low, high];
}

const compared = vectors.filter(({ kind }) => !(kind in WITHOUT_COUNTERPART));

describe('published statistics', () => {
  it.each(compared.map((vector) => [vector.id, vector] as const))(
    '%s',
    (_, { kind, input, expected, tolerance }) => {
      const compute = OURS[kind as keyof typeof OURS] as (
        input: unknown,
      ) => Record<string, number | number[]>;
      const ours = compute(input);
      const names = Object.keys(expected).filter((name) => name in ours);
      expect(names).not.toEqual([]);
      for (const name of names) {
        const wanted: number[] = [expected[name]].flat();
        [ours[name]].flat().forEach((value, i) => {
          const target = wanted[i] ?? Number.NaN;
          expect([
            name,
            Math.abs((value ?? Number.NaN) - target) <= tolerance * Math.max(1, Math.abs(target)),
          ]).toEqual([name, true]);
        });
      }
    },
  );
});
