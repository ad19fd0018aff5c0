import type { PoolSummary } from '#shared/api/vouchers.ts';
import { calendarDay } from '../../lib/format/moment.ts';
import { wholeNumber } from '../../lib/format/number.ts';

/** When a pool has no code left, in few words; `today` is a day of the workspace's zone. */
export function runOutWords(pool: PoolSummary, today: string): string {
  const { total, available, state, expiresOn, runsOutOn, perDay } = pool;
  if (total === 0) return 'No codes yet';
  if (isOver(expiresOn, today)) return 'Its last day is over';
  if (state === 'closed') return 'Gives none';
  if (available === 0) return 'None left';
  if (available === total) return 'None given yet';
  if (perDay === 0) return 'None given for a week';
  if (runsOutOn === null) return `Not for years, at ${dailyWords(perDay)}`;
  if (expiresOn !== null && runsOutOn > expiresOn) return `Not before its last day, at ${dailyWords(perDay)}`;
  return `About ${calendarDay(runsOutOn)}, at ${dailyWords(perDay)}`;
}

/** Whether the last day of a pool lies behind. */
export const isOver = (expiresOn: string | null, today: string): boolean =>
  expiresOn !== null && expiresOn < today;

/** How fast a pool empties. */
export const dailyWords = (perDay: number): string =>
  perDay < 1 ? 'less than 1 a day' : `${wholeNumber(perDay)} a day`;
