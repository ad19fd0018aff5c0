import { dayOf } from '../engine/calendar.ts';
import type { OpeningHours } from '../engine/opening-hours.ts';
import type { Edge } from './explore.ts';
import type { Ground } from './ground.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 1, 2);
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
      const length = to > from ? to - from : to - from + 1_440;
      return days.map((day) => MONDAY + ((day + 6) % 7) * DAY + (from + length / 2) * MINUTE);
    }),
  );
  const holidays = hours.flatMap(({ closed }) => closed.flatMap(noonsOf));
  const instants = [...weekly(), ...middles, ...holidays];
  return [null, ...[...new Set(instants)].map((at) => new Date(at).toISOString().replace('.000Z', 'Z'))];
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
  HOURS.flatMap((hour) => Array.from({ length: 7 }, (_, day) => MONDAY + day * DAY + hour * HOUR));

/** Of a day of every year in the next year that has it: not all have a 29th of February. */
function noonsOf(closed: string): number[] {
  const [date = 0, month = 0, year] = closed.split('-').map(Number).reverse();
  const days = (year === undefined ? [2026, 2028] : [year]).flatMap((one) => dayOf(one, month, date) ?? []);
  return days.slice(0, 1).map((day) => day * DAY + 12 * HOUR);
}
