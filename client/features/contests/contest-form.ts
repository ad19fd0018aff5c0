import type { ChangeContest, Contest } from '#shared/api/contests.ts';
import { instantOf, wallOf } from '../../lib/format/wall-clock.ts';

/** A contest as its form holds it: an empty number field is empty text, and time is what a clock on the wall shows. */
export interface ContestValues {
  key: string;
  name: string;
  closesAt: string;
  prize: string;
  rulesUrl: string;
  minimumAge: number | string;
  countries: string[];
  excludedTags: string[];
  publicSource: string;
  claimDays: number | string;
}

/** What the form begins with. */
export const contestValues = (contest: Contest | null, zone: string): ContestValues => ({
  key: contest?.key ?? '',
  name: contest?.name ?? '',
  closesAt: contest?.closesAt ? wallOf(contest.closesAt, zone) : '',
  prize: contest?.prize ?? '',
  rulesUrl: contest?.rulesUrl ?? '',
  minimumAge: contest?.minimumAge ?? '',
  countries: contest?.countries ?? [],
  excludedTags: contest?.excludedTags ?? [],
  publicSource: contest?.publicSource ?? '',
  claimDays: contest?.claimDays ?? '',
});

/** What the form holds, as it is stored. When it closes is left out where the form shows it as it was, to the minute. */
export function contestInput(
  { key: _, closesAt, minimumAge, claimDays, ...values }: ContestValues,
  before: Contest | null,
  zone: string,
): ChangeContest & { name: string } {
  const isSame = before !== null && closesAt === contestValues(before, zone).closesAt;
  return {
    ...values,
    ...(isSame ? {} : { closesAt: closesAt === '' ? null : instantOf(closesAt, zone) }),
    minimumAge: typeof minimumAge === 'number' ? minimumAge : null,
    claimDays: typeof claimDays === 'number' ? claimDays : null,
  };
}
