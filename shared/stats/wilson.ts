import { type Arm, checkArms, type Interval, rate } from './arm.ts';
import { zFor } from './special/normal.ts';

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
