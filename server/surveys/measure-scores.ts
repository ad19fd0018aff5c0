import type { Survey, SurveyBranch, SurveyComparison } from '#shared/api/surveys.ts';
import { compareNps, type NpsCounts, nps, npsCounts } from '#shared/stats/nps.ts';
import { ALPHA } from '#shared/stats/test-terms.ts';
import type { ScoreCount } from './surveys.repository.ts';

/** What a score says of some people: how many there are of each kind, and the score with its interval. */
export function npsOf(counts: readonly ScoreCount[]): Omit<SurveyBranch, 'arm' | 'label'> {
  const kinds = kindsOf(counts);
  const told = nps(kinds);
  return {
    people: told?.answers ?? 0,
    ...kinds,
    score: told?.score ?? null,
    interval: told?.interval ?? null,
  };
}

/** How many people gave each score, from 0 to 10. */
export function spread(counts: readonly ScoreCount[]): Survey['scores'] {
  return Array.from({ length: 11 }, (_, score) => ({
    score,
    people: counts.reduce((sum, one) => (one.score === score ? sum + one.people : sum), 0),
  }));
}

/** The score version by version, and every other version against the first; the more versions, the stricter each comparison. */
export function branchesOf(
  arms: readonly { id: string; label: string }[],
  counts: readonly ScoreCount[],
): { branches: SurveyBranch[]; comparisons: SurveyComparison[] } {
  const gone = [...new Set(counts.flatMap(({ arm }) => arm ?? []))].filter((arm) =>
    arms.every(({ id }) => id !== arm),
  );
  const all = [...arms, ...gone.sort().map((id) => ({ id, label: id }))];
  const of = (id: string): ScoreCount[] => counts.filter(({ arm }) => arm === id);
  const [first, ...others] = all;
  return {
    branches: all.map(({ id, label }) => ({ arm: id, label, ...npsOf(of(id)) })),
    comparisons: others.flatMap(({ id: arm }) => {
      const found = compareNps(kindsOf(of(first?.id ?? '')), kindsOf(of(arm)), ALPHA / others.length);
      return found ? [{ arm, ...found, p: Math.min(1, found.p * others.length) }] : [];
    }),
  };
}

const kindsOf = (counts: readonly ScoreCount[]): NpsCounts =>
  npsCounts(counts.map(({ score, people }) => [score, people]));
