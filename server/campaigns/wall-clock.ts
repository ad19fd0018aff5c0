import { instantOf as instantOfMinutes, type OffsetAt } from '#flows/engine/opening-hours.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The instant at which a wall clock shows `wall` ("2026-03-01T10:00"), the first where it shows it twice. */
export const instantOf = (wall: string, clock: OffsetAt): number =>
  instantOfMinutes(wallMs(wall) / MINUTE, clock);

/** The wall clock so many days, weeks or months later; the 31st is the last day of shorter months. */
export function wallAfter(wall: string, every: 'day' | 'week' | 'month', times: number): string {
  if (every !== 'month') return wallOf(wallMs(wall) + times * (every === 'day' ? 1 : 7) * DAY);
  const date = new Date(wallMs(wall));
  const month = date.getUTCMonth() + times;
  const year = date.getUTCFullYear();
  const day = Math.min(date.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  return wallOf(Date.UTC(year, month, day, date.getUTCHours(), date.getUTCMinutes()));
}

/** Whether it is a date and time of the calendar. */
export const isWall = (wall: string): boolean => wallOf(wallMs(wall)) === wall;

const wallMs = (wall: string): number => Date.parse(`${wall}:00Z`);
const wallOf = (ms: number): string => (Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 16));
