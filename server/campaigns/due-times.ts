import { clocksOf } from '#flows/engine/contact-clocks.ts';
import type { Scalar } from '#flows/engine/effects.ts';
import type { Schedule } from '#shared/api/campaigns.ts';
import { ZONES } from '../common/zones.ts';
import { instantOf, wallAfter } from './wall-clock.ts';

/** No clock is further ahead of UTC, in minutes: where a day begins first. */
const FURTHEST_AHEAD = 14 * 60;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** When the occurrence of a schedule begins, counted from 1, in milliseconds; null for one that begins at once. */
export function occurrenceAt(schedule: Schedule, number: number, timeZone: string): number | null {
  const wall = wallOf(schedule, number);
  if (wall === null || schedule.kind === 'now') return null;
  // With everybody's own clock it begins where the day is furthest on.
  const clock = schedule.zone === 'contact' ? () => FURTHEST_AHEAD : ZONES.clock(timeZone);
  return instantOf(wall, clock ?? (() => 0));
}

/** The next occurrence that is still to come, or null: those that were missed are left out. */
export function nextOccurrence(
  schedule: Schedule,
  number: number,
  timeZone: string,
  now: number,
): { number: number; at: number } | null {
  if (schedule.kind !== 'every') return null;
  for (let next = number + 1; next < number + 10_000; next++) {
    const at = occurrenceAt(schedule, next, timeZone);
    if (at !== null && at > now) return { number: next, at };
  }
  return null;
}

/** Whether everybody's turn comes when their own clock shows the time. */
export const isByContact = (schedule: Schedule): boolean =>
  schedule.kind !== 'now' && schedule.zone === 'contact';

/**
 * Whether a time that begins at `at` has passed, so that nobody may begin it any more. On the workspace's clock it is good for its minute,
 * on everybody's own for a day: what is to begin tomorrow morning in Tokyo began today elsewhere.
 */
export const isTooLate = (schedule: Schedule, at: number | null, now: number): boolean =>
  at !== null && at <= now - (isByContact(schedule) ? DAY_MS : MINUTE_MS);

/** When it is somebody's turn: at once, or when their own clock shows the time. Where their country has several clocks, the last. */
export function dueAt(
  schedule: Schedule,
  number: number,
  person: { phone: string; fields: Readonly<Record<string, Scalar>> },
  timeZone: string,
  now: number,
): number {
  if (schedule.kind === 'now' || schedule.zone === 'workspace') return now;
  const wall = wallOf(schedule, number);
  if (wall === null) return now;
  const clocks = clocksOf('contact', { ...person, timeZone }, ZONES);
  return Math.max(now, ...clocks.map((clock) => instantOf(wall, clock)));
}

/** What the clock on the wall shows when the occurrence of a schedule begins; null for one that begins at once. */
export function wallOf(schedule: Schedule, number: number): string | null {
  if (schedule.kind === 'now') return null;
  return schedule.kind === 'at' ? schedule.at : wallAfter(schedule.at, schedule.every, number - 1);
}
