import type { Interval } from './arm.ts';
import { twoSided, zFor } from './special/normal.ts';

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

/** Counts answers by category; what is no answer from 0 to 10 is left out. */
export function npsCounts(answers: Iterable<number>): NpsCounts {
  const counts = { promoter: 0, passive: 0, detractor: 0 };
  for (const answer of answers) {
    const category = npsCategory(answer);
    if (category !== null) counts[category]++;
  }
  return { promoters: counts.promoter, passives: counts.passive, detractors: counts.detractor };
}

/**
 * Share of promoters less share of detractors; null without answers. The standard error is that of answers coded +1, 0, −1;
 * the interval is adjusted Wald: ¾ promoter, ¾ detractor and 1½ passives added, the best of those compared by Rocks,
 * American Statistician 70 (2016) 365–372, and never of zero width.
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
      low: 100 * Math.max(-1, adjusted.mean - half),
      high: 100 * Math.min(1, adjusted.mean + half),
    },
    answers,
  };
}

/** How much better b scores than a, in points, and how often luck alone does that; null while one of them has no answers. */
export function npsDifference(a: NpsCounts, b: NpsCounts): { difference: number; p: number } | null {
  if (total(a) === 0 || total(b) === 0) return null;
  const [first, second] = [moments(withPseudoAnswers(a)), moments(withPseudoAnswers(b))];
  const z = (second.mean - first.mean) / Math.hypot(first.error, second.error);
  return { difference: 100 * (moments(b).mean - moments(a).mean), p: twoSided(z) };
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
