import type { ArmResult, Comparison, Experiment } from '#shared/api/experiments.ts';
import { READY_AT } from '#shared/stats/sequential.ts';
import { ALPHA } from './measure.ts';

/** What a result is told from. */
export interface ResultFacts {
  goal: string | null;
  results: readonly ArmResult[];
  comparisons: readonly Comparison[];
  sampleRatio: Experiment['sampleRatio'];
}

/** The result of an experiment in a sentence for people who decide by it. */
export function resultSentence({ goal, results, comparisons, sampleRatio }: ResultFacts): string {
  const people = results.reduce((sum, { exposures }) => sum + exposures, 0);
  if (people === 0) return 'Nobody has met this test yet.';
  if (sampleRatio?.alarm) {
    return `Something is wrong with the split: ${results.map((arm) => `“${arm.label}” got ${arm.exposures.toLocaleString('en')}`).join(', ')} of ${people.toLocaleString('en')} people. Do not decide by these rates before you know why.`;
  }
  const met = `${people.toLocaleString('en')} ${people === 1 ? 'person has' : 'people have'} met this test.`;
  if (goal === null) return `${met} Draw a “Goal reached” step to learn which version works best.`;
  const [base] = results;
  const seen = comparisons.filter(({ ready }) => ready);
  if (!base || seen.length === 0) {
    return `${met} It is too early to say more: at least ${READY_AT} people of each version have to reach “${goal}”, and ${READY_AT} not.`;
  }
  const sure = seen.filter(({ p }) => p < ALPHA / comparisons.length);
  const told = [...(sure.length > 0 ? sure : seen)].sort((a, b) => b.difference - a.difference);
  const [best] = told;
  const arm = results.find(({ id }) => id === best?.arm);
  if (!best || !arm) return met;
  const against = `${percent(arm.rate)} of “${arm.label}” reach “${goal}”, ${percent(base.rate)} of “${base.label}”`;
  const between = `the difference lies between ${points(best.interval.low)} and ${points(best.interval.high)} points`;
  if (sure.length === 0) return `No clear difference yet: ${against}; ${between}.`;
  const winner = best.difference > 0 ? arm : base;
  return `“${winner.label}” works better: ${against}; ${between}. It could be luck ${luck(best.p)}.`;
}

const percent = (rate: number | null): string => `${((rate ?? 0) * 100).toFixed(1)}\u00a0%`;
const points = (difference: number): string =>
  `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(1)}`;

/** "1 time in 200", in numbers that are easy to say. */
function luck(p: number): string {
  if (p < 1e-6) return 'less than 1 time in a million';
  const times = 1 / p;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1);
  return `1 time in ${(Math.floor(times / unit) * unit).toLocaleString('en')}`;
}
