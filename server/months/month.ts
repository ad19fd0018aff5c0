/** The tables that are partitioned by month. Their ids carry the time, so a month is a range of ids. */
export const MONTHLY_TABLES = ['inbound', 'outbound', 'trail'] as const;
export type MonthlyTable = (typeof MONTHLY_TABLES)[number];

/** When the month begins that `time` lies in, or one that comes so many months after it; UTC, milliseconds since 1970. */
export function monthStart(time: number, after = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after);
}

/** "2026_11": a month as parts are named after it. */
export const monthName = (time: number): string => new Date(time).toISOString().slice(0, 7).replace('-', '_');
