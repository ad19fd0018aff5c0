import { assertNever } from '../assert-never.ts';
import { type Arm, checkArms, type Interval, rate } from './arm.ts';
import { wilson } from './proportions.ts';
import { zFor } from './special/normal.ts';

/** How the interval is made: `newcombe` is right for any counts, `score` a little sharper, `wald` the textbook's, wrong for few. */
export type DifferenceMethod = 'newcombe' | 'score' | 'wald';

/** Interval of rate(b) − rate(a), valid at one planned look. */
export function differenceInterval(
  a: Arm,
  b: Arm,
  { confidence = 0.95, method = 'newcombe' }: { confidence?: number; method?: DifferenceMethod } = {},
): Interval {
  checkArms(a, b);
  if (a.exposures === 0 || b.exposures === 0) return { low: -1, high: 1 };
  switch (method) {
    case 'newcombe':
      return newcombe(a, b, confidence);
    case 'score':
      return score(a, b, zFor(confidence));
    case 'wald':
      return wald(a, b, zFor(confidence));
    default:
      return assertNever(method);
  }
}

// Method 10 of Newcombe, Stat. Med. 17 (1998) 873–890: the two Wilson intervals joined.
function newcombe(a: Arm, b: Arm, confidence: number): Interval {
  const [pa, pb] = [rate(a), rate(b)];
  const [wa, wb] = [wilson(a, confidence), wilson(b, confidence)];
  return {
    low: pb - pa - Math.hypot(pb - wb.low, wa.high - pa),
    high: pb - pa + Math.hypot(wb.high - pb, pa - wa.low),
  };
}

function wald(a: Arm, b: Arm, z: number): Interval {
  const [pa, pb] = [rate(a), rate(b)];
  const half = z * Math.sqrt((pa * (1 - pa)) / a.exposures + (pb * (1 - pb)) / b.exposures);
  return { low: pb - pa - half, high: pb - pa + half };
}

// Mee's interval (1984): the differences that the score test does not refuse, found by bisection.
function score(a: Arm, b: Arm, z: number): Interval {
  const observed = rate(b) - rate(a);
  const refused = (difference: number) => Math.abs(scoreOf(a, b, difference)) > z;
  return { low: edge(observed, -1, refused), high: edge(observed, 1, refused) };
}

function edge(inside: number, outside: number, refused: (difference: number) => boolean): number {
  let [near, far] = [inside, outside];
  if (!refused(far)) return far;
  for (let step = 0; step < 60; step++) {
    const middle = (near + far) / 2;
    if (refused(middle)) far = middle;
    else near = middle;
  }
  return near;
}

// The likeliest rates with a given difference are the root of a cubic
// [Miettinen & Nurminen, Stat. Med. 4 (1985) 213–226, appendix I].
function scoreOf(a: Arm, b: Arm, difference: number): number {
  const n = a.exposures + b.exposures;
  const x = a.conversions + b.conversions;
  const l3 = n;
  const l2 = (b.exposures + 2 * a.exposures) * difference - n - x;
  const l1 = (a.exposures * difference - n - 2 * a.conversions) * difference + x;
  const l0 = a.conversions * difference * (1 - difference);
  const q = l2 ** 3 / (3 * l3) ** 3 - (l1 * l2) / (6 * l3 ** 2) + l0 / (2 * l3);
  const s = Math.sign(q || 1) * Math.sqrt(Math.max(0, l2 ** 2 / (3 * l3) ** 2 - l1 / (3 * l3)));
  const cosine = s === 0 ? 0 : Math.min(1, Math.max(-1, q / s ** 3));
  const pa = 2 * s * Math.cos((Math.PI + Math.acos(cosine)) / 3) - l2 / (3 * l3);
  const pb = pa + difference;
  const variance = (pa * (1 - pa)) / a.exposures + (pb * (1 - pb)) / b.exposures;
  const distance = rate(b) - rate(a) - difference;
  if (Math.abs(distance) < 1e-15) return 0;
  return variance > 0 ? distance / Math.sqrt(variance) : Math.sign(distance) * Infinity;
}
