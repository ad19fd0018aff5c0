import { oddsWords } from '#shared/stats/odds.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A whole number with thousands: "12,480". */
export const wholeNumber = (value: number): string => whole.format(value);

/** A number where room is short: "12.5K". */
export const compactNumber = (value: number): string =>
  (Math.abs(value) < 10_000 ? whole : compact).format(value);

/** A number with its unit: "1 text", "1,204 texts". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;

/** A share of 1 as percent: "12.4 %", "11.0 %", "100 %". */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : digits)}\u00a0%`;
}

/** A number with its sign: "+2.1", "−0.4", "0". */
export function signed(value: number, digits = 0): string {
  const size = Math.abs(value).toFixed(digits);
  if (Number(size) === 0) return size;
  return `${value > 0 ? '+' : '−'}${size}`;
}

/** A change in relation to what it changes: "+20 %". */
export const signedPercent = (change: number): string => `${signed(change * 100)}\u00a0%`;

/** How far two shares are apart, in percentage points: "2.1 points". */
export const points = (difference: number, digits = 1): string =>
  `${Math.abs(difference * 100).toFixed(digits)} points`;

/** A p-value as odds people can picture: "could be luck 1 time in 200". */
export function luck(p: number): string {
  if (p >= 0.5) return 'could well be luck';
  return `could be luck ${oddsWords(p)}`;
}
