import { dateOf, weekdayOf } from './calendar.ts';

/** Minutes of a day, from midnight: `from` inclusive, `to` exclusive; a `to` before `from` runs past midnight. */
export interface OpenSpan {
  /** 0 is Sunday. */
  days: readonly number[];
  from: number;
  to: number;
}

/** When something is open in a week, and the days of a year ("2026-12-25" or every year "12-25") on which it is not. */
export interface OpeningHours {
  spans: readonly OpenSpan[];
  closed: readonly string[];
}

/** How many minutes a clock on the wall is ahead of UTC at an instant (ms since 1970): the rules of one time zone. */
export type OffsetAt = (instant: number) => number;

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
/** How far ahead an opening is looked for, in days: holidays and all. */
const HORIZON = 60;

/**
 * Whether it is open at an instant, in every one of these zones: where nobody knows which of them is a person's, the strictest
 * counts. `opens` is the next instant at which it is, null while it is open and where it never is within two months.
 */
export function openAt(
  hours: OpeningHours,
  instant: number,
  zones: readonly OffsetAt[],
): { open: boolean; opens: number | null } {
  const isOpen = (at: number) => zones.every((offsetAt) => isOpenIn(hours, at, offsetAt));
  if (isOpen(instant)) return { open: true, opens: null };
  const candidates = zones
    .flatMap((offsetAt) => openings(hours, instant, offsetAt))
    .filter((at) => at > instant)
    .sort((a, b) => a - b);
  return { open: false, opens: candidates.find(isOpen) ?? null };
}

function isOpenIn(hours: OpeningHours, instant: number, offsetAt: OffsetAt): boolean {
  const local = Math.floor(instant / MINUTE) + offsetAt(instant);
  const day = Math.floor(local / DAY_MINUTES);
  const minute = local - day * DAY_MINUTES;
  return hours.spans.some(
    ({ days, from, to }) =>
      (opensOn(hours, day, days) && minute >= from && (minute < to || to <= from)) ||
      (to <= from && minute < to && opensOn(hours, day - 1, days)),
  );
}

const opensOn = ({ closed }: OpeningHours, day: number, days: readonly number[]): boolean =>
  days.includes(weekdayOf(day)) &&
  (closed.length === 0 || !closed.some((date) => dateOf(day).endsWith(date)));

/** When spans begin from the day before on, as instants. A beginning that a clock change skips moves on with it. */
function openings(hours: OpeningHours, instant: number, offsetAt: OffsetAt): number[] {
  const today = Math.floor((Math.floor(instant / MINUTE) + offsetAt(instant)) / DAY_MINUTES);
  const found: number[] = [];
  for (let day = today - 1; day < today + HORIZON; day++) {
    for (const { days, from } of hours.spans) {
      if (opensOn(hours, day, days)) found.push(instantOf(day * DAY_MINUTES + from, offsetAt));
    }
  }
  return found;
}

/**
 * The instant at which a clock on the wall shows these minutes since 1970. What it shows twice is the first time; what it skips in
 * spring is as much later as it skips, so that 02:30 is 03:30 on that night.
 */
export function instantOf(localMinutes: number, offsetAt: OffsetAt): number {
  const at = (offset: number): number => (localMinutes - offset) * MINUTE;
  const before = offsetAt((localMinutes - DAY_MINUTES) * MINUTE);
  const after = offsetAt((localMinutes + DAY_MINUTES) * MINUTE);
  if (before === after) return at(before);
  const fits = [before, after].filter((offset) => offsetAt(at(offset)) === offset).map(at);
  return fits.length > 0 ? Math.min(...fits) : at(before);
}
