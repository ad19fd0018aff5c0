import type { ArmResult, Comparison, Experiment } from '#shared/api/experiments.ts';
import type { Arm } from '#shared/stats/arm.ts';
import { expectedLoss, probabilityBBeatsA } from '#shared/stats/bayes.ts';
import { sampleRatio, sampleRatioAlways } from '#shared/stats/sample-ratio.ts';
import { compareAlways } from '#shared/stats/sequential.ts';
import { ALPHA, PLANNED_EXPOSURES } from '#shared/stats/test-terms.ts';
import { wilson } from '#shared/stats/wilson.ts';

/** What was counted of one arm, and what part of the people it was meant to get. */
export interface MeasuredArm extends Arm {
  id: string;
  label: string;
  share: number;
}

/** An arm's rate with its 95 % interval, and how many people it should have met. */
export function armResult(arm: MeasuredArm, expected: number | null): ArmResult {
  const { id, label, share, exposures, conversions } = arm;
  const seen = exposures > 0;
  return {
    id,
    label,
    share,
    exposures,
    expected,
    conversions,
    rate: seen ? conversions / exposures : null,
    interval: seen ? wilson(arm) : null,
  };
}

/** Every arm against the first one; the more arms, the stricter each comparison. */
export function compareArms([first, ...others]: readonly MeasuredArm[]): Comparison[] {
  if (!first) return [];
  return others.map((arm) => {
    const { difference, interval, p, ready } = compareAlways(first, arm, {
      alpha: ALPHA / others.length,
      plannedExposures: PLANNED_EXPOSURES,
    });
    return {
      arm: arm.id,
      difference,
      interval,
      p: Math.min(1, p * others.length),
      chanceBetter: probabilityBBeatsA(first, arm),
      expectedLoss: expectedLoss(first, arm),
      ready,
    };
  });
}

/**
 * Whether people were spread as they were meant to be. `expected` are relative counts that all weights so far together lead
 * to expect. χ² is that of one look; `p` may be looked at at any time.
 */
export function checkSplit(arms: readonly Arm[], expected: readonly number[]): Experiment['sampleRatio'] {
  const observed = arms.map(({ exposures }) => exposures);
  if (observed.every((count) => count === 0) || expected.every((count) => count === 0)) return null;
  const { p, mismatch: alarm } = sampleRatioAlways(observed, expected);
  const { chi2 } = sampleRatio(observed, expected);
  return Number.isFinite(chi2) ? { chi2, p, alarm } : { chi2: Number.MAX_VALUE, p, alarm };
}
