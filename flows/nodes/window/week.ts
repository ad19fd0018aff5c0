import type { OpeningHours } from '../../engine/opening-hours.ts';

const DAY = 1_440;
const WEEK = 7 * DAY;

/** Minutes from midnight of a time such as 09:30; 24:00 is the end of the day. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The longest that it is closed in a plain week, in minutes; a week where it never is, or never opens. */
export function longestClosed({ spans }: OpeningHours): number {
  const open = spans
    .flatMap(({ days, from, to }) =>
      days.map((day) => ({ from: day * DAY + from, to: day * DAY + (to <= from ? to + DAY : to) })),
    )
    .sort((a, b) => a.from - b.from);
  const [first] = open;
  if (!first) return WEEK;
  let longest = 0;
  let until = first.to;
  for (const span of [...open.slice(1), { from: first.from + WEEK, to: first.to + WEEK }]) {
    longest = Math.max(longest, span.from - until);
    until = Math.max(until, span.to);
  }
  return longest > 0 ? longest : WEEK;
}

const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Days in words, the week beginning on Monday: "Mon–Fri", "Mon, Wed", "every day". */
export function dayWords(days: readonly number[]): string {
  const order = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
  if (order.length === 7) return 'every day';
  const runs: number[][] = [];
  for (const day of order) {
    const run = runs.at(-1);
    if (run && (run.at(-1) ?? 0) + 1 === (day === 0 ? 7 : day)) run.push(day === 0 ? 7 : day);
    else runs.push([day === 0 ? 7 : day]);
  }
  const name = (day: number | undefined) => NAMES[(day ?? 0) % 7] ?? '';
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', ')))
    .join(', ');
}
