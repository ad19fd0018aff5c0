/** The stretch of numbers that the plots of one column share. */
export interface Scale {
  low: number;
  high: number;
}

/** A scale that holds all the intervals with a little air, and 0 if asked. */
export function scaleFor(intervals: readonly { low: number; high: number }[], withZero: boolean): Scale {
  const low = Math.min(...intervals.map((interval) => interval.low), ...(withZero ? [0] : []));
  const high = Math.max(...intervals.map((interval) => interval.high), ...(withZero ? [0] : []));
  if (!Number.isFinite(low) || !Number.isFinite(high) || low === high) return { low: 0, high: 1 };
  const air = (high - low) * 0.06;
  return { low: withZero ? low - air : Math.max(0, low - air), high: high + air };
}
