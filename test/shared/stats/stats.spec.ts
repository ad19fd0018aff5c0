import { probabilityBBeatsA } from '#shared/stats/bayes.ts';
import { type DifferenceMethod, differenceInterval } from '#shared/stats/difference.ts';
import { benjaminiHochberg } from '#shared/stats/multiple-comparisons.ts';
import { cohenH, powerOfEffect, powerOfRates, sampleSizePerArm } from '#shared/stats/power.ts';
import {
  type Alternative,
  lift,
  manyProportionsTest,
  twoProportionTest,
  wilson,
} from '#shared/stats/proportions.ts';
import { sampleRatio } from '#shared/stats/sample-ratio.ts';
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
  two_proportion_z_pooled: ({
    count,
    nobs,
    alternative,
  }: {
    count: number[];
    nobs: number[];
    alternative: Alternative;
  }) => {
    const [x1 = 0, x2 = 0] = count;
    const [n1 = 0, n2 = 0] = nobs;
    return { ...twoProportionTest(arm(x2, n2), arm(x1, n1), alternative) };
  },
  k_proportion_chi2: ({ count, nobs }: { count: number[]; nobs: number[] }) => ({
    ...manyProportionsTest(count.map((x, i) => arm(x, nobs[i] ?? 0))),
  }),
  one_proportion_chi2_wilson: ({ count, nobs }: Numbers) => ({
    wilson_ci95: pair(wilson(arm(count ?? 0, nobs ?? 0))),
  }),
  one_proportion_ci95: ({ x, n }: Numbers) => ({ wilson: pair(wilson(arm(x ?? 0, n ?? 0))) }),
  cohen_h: ({ p1, p2 }: Numbers) => ({ h: cohenH(p1 ?? 0, p2 ?? 0) }),
  two_proportion_ci: (input: {
    x1: number;
    n1: number;
    x2: number;
    n2: number;
    compare: string;
    method: string;
  }) => {
    const [a, b] = [arm(input.x2, input.n2), arm(input.x1, input.n1)];
    if (input.compare === 'diff')
      return { ci: pair(differenceInterval(a, b, { method: input.method as DifferenceMethod })) };
    if (input.compare === 'ratio') return { ci: pair(lift(a, b).interval).map((end) => end + 1) };
    return {};
  },
  power_two_proportions_h: ({
    h,
    n_per_group,
    alpha,
    alternative,
  }: Numbers & { alternative: Alternative }) => ({
    power: powerOfEffect(h ?? 0, n_per_group ?? 0, { alpha: alpha ?? 0, alternative }),
  }),
  power_normal_ind: ({
    effect_size,
    n_per_group,
    alpha,
    alternative,
  }: Numbers & { alternative: Alternative }) => ({
    power: powerOfEffect(effect_size ?? 0, n_per_group ?? 0, { alpha: alpha ?? 0, alternative }),
  }),
  power_two_proportions_diff: ({
    p1,
    p2,
    n1,
    alpha,
    alternative,
  }: Numbers & { alternative: Alternative }) => ({
    power: powerOfRates(p1 ?? 0, p2 ?? 0, n1 ?? 0, { alpha: alpha ?? 0, alternative }),
  }),
  sample_size_per_variation_evanmiller: ({ baseline, mde_abs, power, alpha }: Numbers) => ({
    n: sampleSizePerArm(baseline ?? 0, mde_abs ?? 0, { power: power ?? 0, alpha: alpha ?? 0 }),
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
  benjamini_hochberg: ({ p, q }: { p: number[]; q: number }) => ({
    rejected: benjaminiHochberg(p, q).filter(Boolean).length,
  }),
} satisfies Record<string, (input: never) => Record<string, unknown>>;

// Vectors of methods that we have no use for, and why.
const WITHOUT_COUNTERPART: Record<string, string> = {
  'ci-odds-ratio-logit': 'odds ratios are not shown to marketers',
  'pocock-2': 'fixed numbers of looks: our intervals allow any number',
  'pocock-4': 'fixed numbers of looks: our intervals allow any number',
  'codecademy-chi2': 'Yates corrected χ²: too conservative, newer intervals serve few contacts',
};

function pair({ low, high }: { low: number; high: number }): number[] {
  return [low, high];
}

describe('published statistics', () => {
  it.each(vectors.map((vector) => [vector.id, vector] as const))(
    '%s',
    (id, { kind, input, expected, tolerance }) => {
      if (id in WITHOUT_COUNTERPART) return;
      const compute = OURS[kind as keyof typeof OURS] as (
        input: unknown,
      ) => Record<string, number | number[]>;
      const ours = compute(input);
      const compared = Object.keys(expected).filter((name) => name in ours);
      expect(compared).not.toEqual([]);
      for (const name of compared) {
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
