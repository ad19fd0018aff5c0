import { assertNever } from '../assert-never.ts';
import type { Alternative } from './proportions.ts';
import { normalCdf, normalQuantile, normalTail } from './special/normal.ts';

export interface PowerOptions {
  /** Probability of seeing a difference that is not there. */
  readonly alpha?: number;
  readonly alternative?: Alternative;
}

/**
 * Contacts each arm needs to see a change of `difference` in a rate of `baseline` (both absolute) with probability `power`,
 * two-sided [evanmiller.org/ab-testing/sample-size.html].
 */
export function sampleSizePerArm(
  baseline: number,
  difference: number,
  { alpha = 0.05, power = 0.8 } = {},
): number {
  const p = baseline > 0.5 ? 1 - baseline : baseline;
  const changed = p + Math.abs(difference);
  const valid = p >= 0 && changed > p && changed <= 1 && alpha > 0 && power > 0 && power < 1;
  if (!valid) throw new RangeError(`A change of ${difference} in a rate of ${baseline}`);
  const error = Math.sqrt(2 * p * (1 - p));
  const changedError = Math.sqrt(p * (1 - p) + changed * (1 - changed));
  const root = -normalQuantile(alpha / 2) * error + normalQuantile(power) * changedError;
  return Math.max(1, Math.round((root / difference) ** 2));
}

/** The smallest change of a rate that `perArm` contacts an arm would show with this power, or null when even certainty is not enough. */
export function detectableDifference(
  baseline: number,
  perArm: number,
  options: { alpha?: number; power?: number } = {},
): number | null {
  const most = 1 - Math.min(baseline, 1 - baseline);
  if (sampleSizePerArm(baseline, most, options) > perArm) return null;
  let [low, high] = [0, most];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (sampleSizePerArm(baseline, middle, options) > perArm) low = middle;
    else high = middle;
  }
  return high;
}

/** Distance of two rates on the scale where it is equally hard to see everywhere [Cohen, Statistical Power Analysis, 1988, ch. 6]. */
export function cohenH(p1: number, p2: number): number {
  return 2 * (Math.asin(Math.sqrt(p1)) - Math.asin(Math.sqrt(p2)));
}

/** Probability that two arms of `perArm` contacts, `effect` standard deviations apart (Cohen's h for rates), show it. */
export function powerOfEffect(
  effect: number,
  perArm: number,
  { alpha = 0.05, alternative = 'two-sided' }: PowerOptions = {},
): number {
  return power(effect * Math.sqrt(perArm / 2), 1, alpha, alternative);
}

/** Probability that the pooled z test of rates p1 and p2 with `perArm` contacts each shows a difference. */
export function powerOfRates(
  p1: number,
  p2: number,
  perArm: number,
  { alpha = 0.05, alternative = 'two-sided' }: PowerOptions = {},
): number {
  const pooled = (p1 + p2) / 2;
  const underNull = Math.sqrt(2 * pooled * (1 - pooled));
  const error = Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return power(((p1 - p2) * Math.sqrt(perArm)) / error, underNull / error, alpha, alternative);
}

// `shift`: the true difference in true standard errors; `ratio`: the null's standard error over the true one.
function power(shift: number, ratio: number, alpha: number, alternative: Alternative): number {
  switch (alternative) {
    case 'two-sided': {
      const critical = -normalQuantile(alpha / 2) * ratio;
      return normalTail(critical - shift) + normalCdf(-critical - shift);
    }
    case 'larger':
      return normalTail(-normalQuantile(alpha) * ratio - shift);
    case 'smaller':
      return normalCdf(normalQuantile(alpha) * ratio - shift);
    default:
      return assertNever(alternative);
  }
}
