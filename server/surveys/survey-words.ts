import type { Survey } from '#shared/api/surveys.ts';
import { NPS_READY_AT } from '#shared/stats/nps.ts';
import { tellingOf } from '../experiments/telling.ts';

/** What a score is told from. */
export type SurveyFacts = Pick<Survey, 'people' | 'score' | 'interval' | 'branches' | 'comparisons'>;

/** The result of asking for a score, in sentences for people who decide by it. */
export function surveySentence({ people, score, interval, branches, comparisons }: SurveyFacts): string {
  if (score === null || interval === null) return 'Nobody has given a score yet.';
  const told = `The score is ${whole(score)}, from ${people.toLocaleString('en')} ${people === 1 ? 'person' : 'people'}; with 95\u00a0% certainty it lies between ${whole(interval.low)} and ${whole(interval.high)}.`;
  const versions = versionsSentence({ branches, comparisons });
  return versions === null ? told : `${told} ${versions}`;
}

/** What can be said of the versions against each other; null where there are none, or nobody met them. */
function versionsSentence({
  branches,
  comparisons,
}: Pick<SurveyFacts, 'branches' | 'comparisons'>): string | null {
  const [base] = branches;
  if (!base || branches.length < 2 || branches.every((branch) => branch.people === 0)) return null;
  const { comparison: found, isSure } = tellingOf(comparisons);
  const arm = branches.find((branch) => branch.arm === found?.arm);
  if (!found || !arm)
    return `It is too early to compare versions: at least ${NPS_READY_AT} people of each have to answer.`;
  const { low, high } = found.interval;
  if (!isSure)
    return `No clear difference between versions so far: what “${arm.label}” scores more than “${base.label}” lies between ${signed(low)} and ${signed(high)} points.`;
  const [better, worse] = found.difference > 0 ? [arm, base] : [base, arm];
  const [least, most] = [Math.abs(low), Math.abs(high)].sort((a, b) => a - b);
  return `“${better.label}” scores better than “${worse.label}”, by ${whole(least ?? 0)} to ${whole(most ?? 0)} points.`;
}

const whole = (points: number): string => (Math.round(points) + 0).toFixed(0).replace('-', '−');
const signed = (points: number): string => `${points > 0 ? '+' : ''}${whole(points)}`;
