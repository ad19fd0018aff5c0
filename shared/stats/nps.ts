import type { Interval } from './arm.ts';
import { alwaysValid } from './sequential.ts';
import { zFor } from './special/normal.ts';
import { ALPHA, PLANNED_SCORES } from './test-terms.ts';

export type NpsCategory = 'promoter' | 'passive' | 'detractor';

/** How many answers of each kind a question got. */
export interface NpsCounts {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** A Net Promoter Score with its uncertainty, in points from −100 to 100. */
export interface Nps {
  readonly score: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly answers: number;
}

/** What an answer from 0 to 10 makes of the person [Reichheld, HBR 2003]; null for anything that is no such answer. */
export function npsCategory(answer: number): NpsCategory | null {
  if (!Number.isInteger(answer) || answer < 0 || answer > 10) return null;
  if (answer >= 9) return 'promoter';
  return answer >= 7 ? 'passive' : 'detractor';
}

/** Counts answers by category, from how many gave each; what is no answer from 0 to 10 is left out. */
export function npsCounts(answers: Iterable<readonly [answer: number, people: number]>): NpsCounts {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  for (const [answer, people] of answers) {
    const category = npsCategory(answer);
    if (category !== null) counts[category] += people;
  }
  return { promoters: counts.promoter, passives: counts.passive, detractors: counts.detractor };
}

/**
 * Share of promoters less share of detractors; null without answers. The standard error is that of answers coded +1, 0, −1;
 * the interval is adjusted Wald: ¾ promoter, ¾ detractor and 1½ passives added, the best of those compared by Rocks,
 * American Statistician 70 (2016) 365–372, never of zero width. It reaches to the score itself, which few answers that all agree
 * would leave outside.
 */
export function nps(counts: NpsCounts, confidence = 0.95): Nps | null {
  const answers = total(counts);
  if (answers === 0) return null;
  const { mean, error } = moments(counts);
  const adjusted = moments(withPseudoAnswers(counts));
  const half = zFor(confidence) * adjusted.error;
  return {
    score: 100 * mean,
    standardError: 100 * error,
    interval: {
      low: 100 * Math.min(mean, Math.max(-1, adjusted.mean - half)),
      high: 100 * Math.max(mean, Math.min(1, adjusted.mean + half)),
    },
    answers,
  };
}

/** What can be said at any moment about the score of b against that of a, in points. */
export interface NpsComparison {
  readonly difference: number;
  readonly interval: Interval;
  /** Always-valid p-value. */
  readonly p: number;
  /** False while too few people have answered for the interval and p to say anything. */
  readonly ready: boolean;
}

/** Answers that each of two scores needs before their difference is told. */
export const NPS_READY_AT = 20;

/** How much better b scores than a, so that anybody may look at any time: the answers coded +1, 0, −1 in `alwaysValid`. */
export function compareNps(a: NpsCounts, b: NpsCounts, alpha = ALPHA): NpsComparison | null {
  if (total(a) === 0 || total(b) === 0) return null;
  const difference = moments(b).mean - moments(a).mean;
  if (Math.min(total(a), total(b)) < NPS_READY_AT)
    return { difference: 100 * difference, interval: { low: -200, high: 200 }, p: 1, ready: false };
  const [first, second] = [moments(withPseudoAnswers(a)), moments(withPseudoAnswers(b))];
  const error = Math.hypot(first.error, second.error);
  const { half, p } = alwaysValid(difference, error, total(a) + total(b), {
    alpha,
    plannedExposures: PLANNED_SCORES,
  });
  const interval = {
    low: 100 * Math.max(-2, difference - half),
    high: 100 * Math.min(2, difference + half),
  };
  return { difference: 100 * difference, interval, p, ready: true };
}

const total = ({ promoters, passives, detractors }: NpsCounts): number => promoters + passives + detractors;

function withPseudoAnswers({ promoters, passives, detractors }: NpsCounts): NpsCounts {
  return { promoters: promoters + 0.75, passives: passives + 1.5, detractors: detractors + 0.75 };
}

function moments(counts: NpsCounts): { mean: number; error: number } {
  const n = total(counts);
  const mean = (counts.promoters - counts.detractors) / n;
  const variance = (counts.promoters + counts.detractors) / n - mean * mean;
  return { mean, error: Math.sqrt(variance / n) };
}
