import type { ArmResult, Comparison, Experiment, ExperimentVerdict } from '#shared/api/experiments.ts';
import { assertNever } from '#shared/assert-never.ts';
import { oddsWords } from '#shared/stats/odds.ts';
import { READY_AT } from '#shared/stats/sequential.ts';
import { tellingOf } from './telling.ts';

/** What a result is told from. */
export interface ResultFacts {
  goal: string | null;
  results: ArmResult[];
  comparisons: Comparison[];
  sampleRatio: Experiment['sampleRatio'];
}

/** What people decide by. */
export type Verdict =
  | { verdict: Exclude<ExperimentVerdict, 'unclear' | 'better'> }
  | { verdict: 'unclear' | 'better'; base: ArmResult; arm: ArmResult; comparison: Comparison };

/** How an experiment stands. */
export function verdictOf({ goal, results, comparisons, sampleRatio }: ResultFacts): Verdict {
  if (peopleOf(results) === 0) return { verdict: 'unmet' };
  if (sampleRatio?.alarm) return { verdict: 'split-off' };
  if (goal === null) return { verdict: 'no-goal' };
  const [base] = results;
  const { comparison, isSure } = tellingOf(comparisons);
  const arm = results.find(({ id }) => id === comparison?.arm);
  if (!base || !comparison || !arm) return { verdict: 'early' };
  return { verdict: isSure ? 'better' : 'unclear', base, arm, comparison };
}

/** The version that works better, where one does. */
export function winnerOf(verdict: Verdict): ArmResult | null {
  if (verdict.verdict !== 'better') return null;
  return verdict.comparison.difference > 0 ? verdict.arm : verdict.base;
}

/** The result of an experiment in a sentence for people who decide by it. */
export function resultSentence(facts: ResultFacts): string {
  const { goal, results } = facts;
  const people = peopleOf(results);
  const met = `${people.toLocaleString('en')} ${people === 1 ? 'person has' : 'people have'} met this test.`;
  const told = verdictOf(facts);
  switch (told.verdict) {
    case 'unmet':
      return 'Nobody has met this test yet.';
    case 'split-off':
      return `Something is wrong with the split: ${results.map(gotWords).join(', ')}. Do not decide by these rates before you know why.`;
    case 'no-goal':
      return `${met} Draw a “Goal reached” step to learn which version works best.`;
    case 'early':
      return `${met} It is too early to say more: at least ${READY_AT} people of each version have to reach “${goal}”, and ${READY_AT} not.`;
    case 'unclear':
    case 'better': {
      const { base, arm, comparison } = told;
      const winner = winnerOf(told);
      // What works better is told first, and by how much it is better.
      const [one, other] = winner === base ? [base, arm] : [arm, base];
      const { low, high } = comparison.interval;
      const [least, most] = winner === base ? [-high, -low] : [low, high];
      const against = `${percent(one.rate)} of “${one.label}” reach “${goal}”, ${percent(other.rate)} of “${other.label}”`;
      const between = `the difference lies between ${points(least)} and ${points(most)} points`;
      return winner === null
        ? `No clear difference so far: ${against}; ${between}.`
        : `“${winner.label}” works better: ${against}; ${between}. It could be luck ${oddsWords(comparison.p)}.`;
    }
    default:
      return assertNever(told);
  }
}

const gotWords = ({ label, exposures, expected }: ArmResult): string =>
  `“${label}” got ${exposures.toLocaleString('en')} people instead of about ${Math.round(expected ?? 0).toLocaleString('en')}`;
const peopleOf = (results: readonly ArmResult[]): number =>
  results.reduce((sum, { exposures }) => sum + exposures, 0);
const percent = (rate: number | null): string => `${((rate ?? 0) * 100).toFixed(1)}\u00a0%`;
const points = (difference: number): string =>
  `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(1)}`;
