import type { PoolSummary } from '#shared/api/vouchers.ts';
import { calendarDay } from '../../lib/format/moment.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { dailyWords, isOver } from './run-out-words.ts';

const DAY = 86_400_000;

/** When a pool has no code left, and what that is made from, in a sentence; `today` is a day of the workspace's zone. */
export function forecastWords(pool: PoolSummary, today: string): string {
  const { total, available, state, expiresOn, runsOutOn, perDay } = pool;
  if (total === 0) return 'There are no codes in it yet: flows go on as if none were left.';
  if (isOver(expiresOn, today)) return 'Its last day is over: no code is given or redeemed any more.';
  if (state === 'closed') return 'It is closed and gives no code. What people have can still be redeemed.';
  if (available === 0) return 'No code is left: flows take the way “None left” until you load more.';
  if (perDay === 0) return 'No code was given in the last seven days, so nobody can tell when they run out.';
  const pace = `At the pace of the last seven days, ${dailyWords(perDay)} counted from the first code given in them,`;
  const last = expiresOn !== null && (runsOutOn === null || runsOutOn > expiresOn) ? expiresOn : null;
  if (last !== null) {
    const left = Math.max(0, Math.round(available - perDay * daysBetween(today, last)));
    return `${pace} about ${wholeNumber(left)} would be left on the last day, ${calendarDay(last)}.`;
  }
  if (runsOutOn === null)
    return `${pace} the ${counted(available, 'code')} left would last for more than ten years.`;
  return `${pace} the ${counted(available, 'code')} left would run out about ${calendarDay(runsOutOn)}.`;
}

/** Whether somebody should load codes within a week. */
export function runsOutSoon({ runsOutOn, expiresOn, ...pool }: PoolSummary, today: string): boolean {
  if (pool.state === 'closed' || isOver(expiresOn, today)) return false;
  if (pool.available === 0) return true;
  const isFirst = runsOutOn !== null && (expiresOn === null || runsOutOn <= expiresOn);
  return isFirst && daysBetween(today, runsOutOn) <= 7;
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
