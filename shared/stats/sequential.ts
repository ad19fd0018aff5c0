import { type Arm, checkArms, type Interval, rate } from './arm.ts';

/** What can be said at any moment about arm b against arm a. */
export interface SequentialComparison {
  /** rate(b) − rate(a), as seen so far. */
  readonly difference: number;
  readonly interval: Interval;
  /** Always-valid p-value: with no difference it ever falls below α with probability at most α, however often one looks. */
  readonly p: number;
  /** False while there are too few conversions to say anything; the interval is then everything and p is 1. */
  readonly ready: boolean;
}

export interface SequentialOptions {
  /** Probability of ever being wrong; divide by the number of comparisons when there are several arms. */
  readonly alpha?: number;
  /** Contacts over both arms for which the interval is tightest. Chosen before the start and never changed. */
  readonly plannedExposures: number;
}

/** Conversions, and contacts who did not convert, that each arm needs before the normal approximation is trusted. */
export const READY_AT = 10;

/**
 * Compares two arms so that anybody may look at any time, stop early or go on: the asymptotic confidence sequence of the
 * difference, `alwaysValid`. It says nothing before each arm is ready.
 */
export function compareAlways(
  a: Arm,
  b: Arm,
  { alpha = 0.05, plannedExposures }: SequentialOptions,
): SequentialComparison {
  checkArms(a, b);
  const difference = rate(b) - rate(a);
  if (!isReady(a) || !isReady(b)) return { difference, interval: { low: -1, high: 1 }, p: 1, ready: false };
  const error = Math.sqrt(variance(a) + variance(b));
  const { half, p } = alwaysValid(difference, error, a.exposures + b.exposures, { alpha, plannedExposures });
  return {
    difference,
    interval: { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) },
    p,
    ready: true,
  };
}

/**
 * Half the width of an interval that holds at every look together, and the p-value that belongs to it. With N contacts, standard
 * error s and the tuning constant ρ it is s·√(2(Nρ²+1)/(Nρ²) · ln(√(Nρ²+1)/α)), the boundary of a normal mixture (Robbins 1970), which all
 * looks together respect with probability 1 − α [Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, Time-uniform central limit theory and
 * asymptotic confidence sequences, Annals of Statistics 52 (2024)]; inverted for p it is the mixture sequential test of Johari, Koomen, Pekelis & Walsh,
 * Operations Research 70 (2022) 1806–1821.
 */
export function alwaysValid(
  estimate: number,
  error: number,
  contacts: number,
  { alpha, plannedExposures }: Required<SequentialOptions>,
): { half: number; p: number } {
  const information = contacts * tuning(plannedExposures, alpha);
  const spread = 1 + 1 / information;
  const z = estimate / error;
  return {
    half: error * Math.sqrt(spread * Math.log((information + 1) / (alpha * alpha))),
    p: Math.min(1, Math.sqrt(information + 1) * Math.exp((-z * z) / (2 * spread))),
  };
}

function isReady({ exposures, conversions }: Arm): boolean {
  return conversions >= READY_AT && exposures - conversions >= READY_AT;
}

// One conversion more and one contact without add little late and keep early variances from being too small
// [Agresti & Caffo, American Statistician 54 (2000) 280–288].
function variance({ exposures, conversions }: Arm): number {
  const p = (conversions + 1) / (exposures + 2);
  return (p * (1 - p)) / exposures;
}

/** ρ² that makes the interval tightest at the planned number of contacts [Waudby-Smith et al., the approximate form]. */
export function tuning(plannedExposures: number, alpha: number): number {
  if (!(plannedExposures > 0)) throw new RangeError(`${plannedExposures} planned exposures`);
  const log = -2 * Math.log(alpha);
  return (log + Math.log(log + 1)) / plannedExposures;
}
