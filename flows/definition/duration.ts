import { z } from 'zod';

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const UNIT_WORDS = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' } as const;
type Unit = keyof typeof UNIT_SECONDS;

/** A length of time as people write it: a whole number and one of s, m, h, d, w ("30m", "24h", "2d"). At most a year. */
export const durationSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}[smhdw]$/, 'Write a whole number and a unit, such as 30m, 24h or 2d.')
  .refine((value) => durationSeconds(value) <= 366 * UNIT_SECONDS.d, 'At most a year.');

/** The seconds in a duration such as "24h"; 0 for anything that is not one. */
export function durationSeconds(duration: string): number {
  const unit = unitOf(duration);
  return unit ? Number(duration.slice(0, -1)) * UNIT_SECONDS[unit] : 0;
}

/** A whole number of seconds as a duration, in the largest unit that says it exactly: 86400 → "1d". */
export function durationOf(seconds: number): string {
  const unit = UNITS.find((one) => seconds % UNIT_SECONDS[one] === 0) ?? 's';
  return `${seconds / UNIT_SECONDS[unit]}${unit}`;
}

const UNITS: readonly Unit[] = ['w', 'd', 'h', 'm', 's'];

/** A duration in words: "24h" → "24 hours", "1d" → "1 day". */
export function durationWords(duration: string): string {
  const unit = unitOf(duration);
  if (!unit) return duration;
  const amount = duration.slice(0, -1);
  return `${amount} ${UNIT_WORDS[unit]}${amount === '1' ? '' : 's'}`;
}

function unitOf(duration: string): Unit | null {
  const last = duration.at(-1);
  return last === 's' || last === 'm' || last === 'h' || last === 'd' || last === 'w' ? last : null;
}
