import type { Scalar } from './effects.ts';

/** A filter of a text: a value and the arguments after the colon → another value. */
export type Filter = (value: Scalar, args: readonly Scalar[]) => Scalar;

/**
 * The filters an author may use: those of Liquid that mean the same in a browser and on a server (dates do not). They do what
 * LiquidJS's do, without its generators, which cost twenty times as much as the work itself.
 */
const FILTER_TABLE = {
  default: (value, [fallback = null]) =>
    value === null || value === false || value === '' ? fallback : value,
  upcase: (value) => textOf(value).toUpperCase(),
  downcase: (value) => textOf(value).toLowerCase(),
  capitalize: (value) => {
    const text = textOf(value);
    return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  },
  truncate: (value, [length = 50, ellipsis = '...']) => truncate(value, numberOf(length), textOf(ellipsis)),
  strip: (value) => textOf(value).trim(),
  replace: (value, [pattern = null, replacement = null]) =>
    textOf(value).split(textOf(pattern)).join(textOf(replacement)),
  plus: (value, [amount = 0]) => numberOf(value) + numberOf(amount),
  minus: (value, [amount = 0]) => numberOf(value) - numberOf(amount),
  round: (value, [decimals = 0]) => round(numberOf(value), numberOf(decimals)),
} satisfies Record<string, Filter>;

export const FILTERS: ReadonlyMap<string, Filter> = new Map(Object.entries(FILTER_TABLE));

/** A value as it stands in a text; nothing where there is none. */
export const textOf = (value: Scalar): string =>
  typeof value === 'string' ? value : value === null ? '' : String(value);

const numberOf = (value: Scalar): number => Number(value) || 0;

/** Counts characters as people do, so that an emoji is never cut in half. */
function truncate(value: Scalar, length: number, ellipsis: string): Scalar {
  const chars = Array.from(textOf(value));
  if (chars.length <= length) return value;
  return chars.slice(0, Math.max(length - Array.from(ellipsis).length, 0)).join('') + ellipsis;
}

/** Rounds by shifting the decimal point in the digits, so that 1.005 with two decimals is 1.01; halves go away from zero. */
function round(value: number, decimals: number): number {
  const scaled = shifted(Math.abs(value), decimals);
  if (!(scaled <= Number.MAX_SAFE_INTEGER)) return value;
  const rounded = shifted(Math.round(scaled), -decimals);
  return value < 0 ? -rounded : rounded;
}

function shifted(value: number, places: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}
