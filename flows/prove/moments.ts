import { dateOf, dayOf } from '../engine/calendar.ts';
import type { OpeningHours } from '../engine/opening-hours.ts';
import type { Edge } from './explore.ts';
import type { Ground } from './ground.ts';

/** Minutes of a day. */
const DAY = 1_440;
/** The beginning of an ordinary week, in days since 1970. */
const MONDAY = dayOf(2026, 2, 2) ?? 0;
/** The hours of a day, those in which people text first. */
const HOURS = [12, 20, 9, 15, 18, 6, 0, ...Array.from({ length: 24 }, (_, hour) => hour)];

/**
 * When a conversation may begin, as its `begins` is written: whenever (null), and where opening hours decide about the way, every hour
 * of a week, the middle of every opening, and the days on which it is closed. Clocks tell UTC, as on every phone without a zone.
 */
export function momentsOf(path: readonly Edge[], ground: Ground): readonly (string | null)[] {
  const hours = hoursOn(path, ground);
  if (hours.length === 0) return [null];
  const middles = hours.flatMap(({ spans }) =>
    spans.flatMap(({ days, from, to }) => {
      const length = to > from ? to - from : to - from + DAY;
      return days.map((day) => (MONDAY + ((day + 6) % 7)) * DAY + from + Math.floor(length / 2));
    }),
  );
  const holidays = hours.flatMap(({ closed }) => closed.flatMap(noonsOf));
  return [null, ...[...new Set([...weekly(), ...middles, ...holidays])].map(written)];
}

/** Minutes since 1970 as 2026-02-04T10:25:00Z. */
function written(minutes: number): string {
  const day = Math.floor(minutes / DAY);
  const clock = [Math.floor((minutes % DAY) / 60), minutes % 60];
  return `${dateOf(day)}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}:00Z`;
}

/** The opening hours that decide about a way. */
function hoursOn(path: readonly Edge[], { drawing }: Ground): OpeningHours[] {
  const asking = new Set(
    path.flatMap(({ notes }) => notes.flatMap((note) => (note.do === 'outcome' ? [note.node] : []))),
  );
  return [...drawing.outlines].flatMap(([id, { requests }]) =>
    asking.has(id)
      ? requests.flatMap(({ request }) => (request.kind === 'window' ? [request.hours] : []))
      : [],
  );
}

const weekly = (): number[] =>
  HOURS.flatMap((hour) => Array.from({ length: 7 }, (_, day) => (MONDAY + day) * DAY + hour * 60));

/** Of a day of every year in the next year that has it: not all have a 29th of February. */
function noonsOf(closed: string): number[] {
  const [date = 0, month = 0, year] = closed.split('-').map(Number).reverse();
  const days = (year === undefined ? [2026, 2028] : [year]).flatMap((one) => dayOf(one, month, date) ?? []);
  return days.slice(0, 1).map((day) => day * DAY + DAY / 2);
}
