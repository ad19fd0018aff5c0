/** A number as a report shows it: 2,277 or 0.9. */
export const figure = (value: number | null | undefined): string =>
  value?.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 }) ?? 'unknown';

/** A share of a whole, rounded: 92 %. */
export const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(0)} %`;

/** What each of so many cost, in microseconds. */
export const microsecondsEach = (seconds: number | null, times: number): number | null =>
  seconds === null ? null : (seconds * 1e6) / times;
