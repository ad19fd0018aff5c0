import { chiSquareTail, logGamma } from './special/gamma.ts';

/** Whether contacts were spread over the arms as the weights say. A mismatch means the experiment is broken, not won. */
export interface SampleRatio {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
  readonly mismatch: boolean;
}

/** A p-value below it is an alarm: strict, because every experiment is tested and a false alarm stops work. */
const MISMATCH_BELOW = 0.001;

/**
 * The sample ratio test at one look: Pearson's χ² of the counts against the weights [Fabijan et al., Diagnosing Sample
 * Ratio Mismatch in Online Controlled Experiments, KDD 2019]. Weights need not sum to one; where they were changed on the way, pass
 * the counts that all weights together led to expect.
 */
export function sampleRatio(observed: readonly number[], weights: readonly number[]): SampleRatio {
  const expected = expectedCounts(observed, weights);
  const chi2 = observed.reduce((sum, count, i) => {
    const wanted = expected[i] ?? 0;
    return count === wanted ? sum : sum + (count - wanted) ** 2 / wanted;
  }, 0);
  const df = expected.filter((wanted, i) => wanted > 0 || observed[i] !== 0).length - 1;
  const p = df < 1 ? 1 : chiSquareTail(chi2, df);
  return { chi2, df, p, mismatch: p < MISMATCH_BELOW };
}

// How strongly the alternative sticks to the weights, as the authors propose.
const CONCENTRATION = 100;

/**
 * The sample ratio test for a dashboard: may be looked at after every contact. Its p-value is the inverse of the Bayes factor
 * of a Dirichlet mixture around the weights against the weights themselves [Lindon & Malek, Anytime-Valid Inference for
 * Multinomial Count Data, NeurIPS 2022].
 */
export function sampleRatioAlways(
  observed: readonly number[],
  weights: readonly number[],
): { p: number; mismatch: boolean } {
  const expected = expectedCounts(observed, weights);
  const total = sum(observed);
  if (total === 0) return { p: 1, mismatch: false };
  if (expected.some((wanted, i) => wanted === 0 && observed[i] !== 0)) return { p: 0, mismatch: true };
  let logBayesFactor = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  observed.forEach((count, i) => {
    const share = (expected[i] ?? 0) / total;
    if (share === 0) return;
    logBayesFactor +=
      logGamma(CONCENTRATION * share + count) - logGamma(CONCENTRATION * share) - count * Math.log(share);
  });
  const p = Math.min(1, Math.exp(-logBayesFactor));
  return { p, mismatch: p < MISMATCH_BELOW };
}

function expectedCounts(observed: readonly number[], weights: readonly number[]): number[] {
  const weight = sum(weights);
  const valid = weights.length === observed.length && weight > 0 && weights.every((w) => w >= 0);
  if (!valid) throw new RangeError(`Counts ${observed.join(', ')} for weights ${weights.join(', ')}`);
  const total = sum(observed);
  return weights.map((w) => (total * w) / weight);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
