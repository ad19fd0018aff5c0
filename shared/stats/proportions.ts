import { assertNever } from '../assert-never.ts';
import { type Arm, checkArms, type Interval, rate } from './arm.ts';
import { chiSquareTail } from './special/gamma.ts';
import { normalTail, twoSided, zFor } from './special/normal.ts';

/** Which difference would surprise: any, only a larger second arm, or only a smaller one. */
export type Alternative = 'two-sided' | 'larger' | 'smaller';

/** How far the arms are apart in standard errors (positive: the second is better), and how often luck alone does that. */
export interface ZTest {
  readonly z: number;
  readonly p: number;
}

/** The same for any number of arms. */
export interface ChiSquareTest {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
}

/** Interval of a rate [Wilson, JASA 22 (1927) 209–212]: sensible for few contacts and for 0 or all of them. */
export function wilson(arm: Arm, confidence = 0.95): Interval {
  checkArms(arm);
  const { exposures: n } = arm;
  if (n === 0) return { low: 0, high: 1 };
  const p = rate(arm);
  const z = zFor(confidence);
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return {
    low: arm.conversions === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: arm.conversions === n ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/**
 * Whether arm b converts differently from arm a: the pooled z test. Valid at one planned look; for results that are watched
 * use `compareAlways`.
 */
export function twoProportionTest(a: Arm, b: Arm, alternative: Alternative = 'two-sided'): ZTest {
  checkArms(a, b);
  const pooled = rate({ exposures: a.exposures + b.exposures, conversions: a.conversions + b.conversions });
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.exposures + 1 / b.exposures));
  const z = error > 0 && Number.isFinite(error) ? (rate(b) - rate(a)) / error : 0;
  switch (alternative) {
    case 'two-sided':
      return { z, p: twoSided(z) };
    case 'larger':
      return { z, p: normalTail(z) };
    case 'smaller':
      return { z, p: normalTail(-z) };
    default:
      return assertNever(alternative);
  }
}

/** Whether any of several arms converts differently from the others: Pearson's χ² without correction. */
export function manyProportionsTest(arms: readonly Arm[]): ChiSquareTest {
  checkArms(...arms);
  const seen = arms.filter(({ exposures }) => exposures > 0);
  const df = Math.max(0, seen.length - 1);
  const total = seen.reduce((sum, arm) => sum + arm.exposures, 0);
  const pooled = seen.reduce((sum, arm) => sum + arm.conversions, 0) / total;
  if (df === 0 || pooled === 0 || pooled === 1) return { chi2: 0, df, p: 1 };
  const chi2 =
    seen.reduce((sum, arm) => sum + arm.exposures * (rate(arm) - pooled) ** 2, 0) / (pooled * (1 - pooled));
  return { chi2, df, p: chiSquareTail(chi2, df) };
}

/** How much better arm b is than arm a, relative to a (0.2: a fifth more), with an interval; null where a has no rate. */
export interface Lift {
  readonly lift: number | null;
  readonly interval: Interval;
}

/**
 * The relative lift of b over a. Interval of the ratio on the log scale with half a conversion added to each arm, which
 * keeps it finite [Fagerland, Lydersen & Laake, Stat. Methods Med. Res. 24 (2015) 224–254, §4.2: adjusted log].
 */
export function lift(a: Arm, b: Arm, confidence = 0.95): Lift {
  checkArms(a, b);
  const pa = (a.conversions + 0.5) / (a.exposures + 0.5);
  const pb = (b.conversions + 0.5) / (b.exposures + 0.5);
  const error = Math.sqrt(
    1 / (a.conversions + 0.5) - 1 / (a.exposures + 0.5) + 1 / (b.conversions + 0.5) - 1 / (b.exposures + 0.5),
  );
  const half = zFor(confidence) * error;
  const log = Math.log(pb / pa);
  return {
    lift: a.conversions === 0 ? null : rate(b) / rate(a) - 1,
    interval: { low: Math.exp(log - half) - 1, high: Math.exp(log + half) - 1 },
  };
}
