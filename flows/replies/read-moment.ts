import { countryOf } from '#shared/sms/calling-codes.ts';
import { dateOf, dayOf } from '../engine/calendar.ts';
import type { Reply } from '../engine/node-kind.ts';
import { type DateSetting, moved, readDate } from './read-date.ts';
import { clockOf, readTime } from './read-time.ts';
import type { TestOf } from './reply-test.ts';

/** Countries that write the month before the day. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW']);
const DAY_MS = 86_400_000;

type Bounds = Pick<TestOf<'date'>, 'from' | 'to'>;

/** The date a reply names, as 2026-12-24, where it lies within the bounds. */
export function dateIn(reply: Reply, language: string, bounds: Bounds): string | null {
  const setting = settingOf(reply, language, bounds);
  const read = readDate(reply.normalised, setting);
  return read && isWithin(read.day, bounds, setting.today) ? dateOf(read.day) : null;
}

/** The time a reply names, as 17:30, where it lies between these, the ends included; over midnight where `to` comes first. */
export function timeIn(
  reply: Reply,
  language: string,
  { from, to }: Omit<TestOf<'time'>, 'test'>,
): string | null {
  const read = readTime(reply.normalised, language);
  if (!read) return null;
  const clock = clockOf(read.minutes);
  const [after, before] = [from === undefined || clock >= from, to === undefined || clock <= to];
  const isOverMidnight = from !== undefined && to !== undefined && to < from;
  return (isOverMidnight ? after || before : after && before) ? clock : null;
}

/** The date and time a reply names, as 2026-12-24T17:30. A time alone is the next there is of it. */
export function momentIn(reply: Reply, language: string, bounds: Bounds): string | null {
  const setting = settingOf(reply, language, bounds);
  const date = readDate(reply.normalised, setting);
  const rest = date
    ? `${reply.normalised.slice(0, date.from)} ${reply.normalised.slice(date.to)}`.trim()
    : reply.normalised;
  const time = readTime(rest, language);
  if (!time) return null;
  const isOver = time.minutes <= minuteOf(reply);
  const day = date ? date.day : setting.today + (isOver ? 1 : 0);
  return isWithin(day, bounds, setting.today) ? `${dateOf(day)}T${clockOf(time.minutes)}` : null;
}

/** The person's own clock: what the shell told, or UTC. */
const localMs = ({ now = 0, offsetMinutes = 0 }: Reply): number => now + offsetMinutes * 60_000;
const todayOf = (reply: Reply): number => Math.floor(localMs(reply) / DAY_MS);
const minuteOf = (reply: Reply): number => Math.floor((localMs(reply) - todayOf(reply) * DAY_MS) / 60_000);

function settingOf(reply: Reply, language: string, { from, to }: Bounds): DateSetting {
  const country = reply.phone === undefined ? null : countryOf(reply.phone);
  const today = todayOf(reply);
  const latest = to === undefined ? null : boundOf(to, today);
  return {
    today,
    language,
    monthFirst: country !== null && MONTH_FIRST.has(country),
    towards: from === undefined && latest !== null && latest <= today ? 'past' : 'future',
  };
}

const isWithin = (day: number, { from, to }: Bounds, today: number): boolean =>
  (from === undefined || day >= (boundOf(from, today) ?? day)) &&
  (to === undefined || day <= (boundOf(to, today) ?? day));

/** A bound as a day: "today", "+7d", "-18y", "2026-12-31". */
function boundOf(bound: string, today: number): number | null {
  if (bound === 'today') return today;
  const [, amount, unit] = /^([+-]\d+)([dwmy])$/.exec(bound) ?? [];
  if (unit === 'd' || unit === 'w' || unit === 'm' || unit === 'y') return moved(today, Number(amount), unit);
  const [year = 0, month = 0, date = 0] = bound.split('-').map(Number);
  return dayOf(year, month, date);
}
