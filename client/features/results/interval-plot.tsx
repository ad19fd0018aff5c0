import classes from './results.module.css';

/** The stretch of numbers that the plots of one column share. */
export interface Scale {
  low: number;
  high: number;
}

export interface IntervalPlotProps {
  point: number;
  interval: { low: number; high: number };
  scale: Scale;
  /** Draws a line where nothing would differ. */
  zero?: boolean;
}

/** A dot for the figure and a bar for how far it may be off. The figures themselves stand in the table. */
export function IntervalPlot({ point, interval, scale, zero = false }: IntervalPlotProps) {
  const at = (value: number) => `${(100 * (value - scale.low)) / (scale.high - scale.low)}%`;
  return (
    <div className={classes.plot} dir="ltr" aria-hidden="true">
      <div className={classes.base} />
      {zero && <div className={classes.zero} style={{ left: at(0) }} />}
      <div
        className={classes.range}
        style={{ left: at(interval.low), width: `calc(${at(interval.high)} - ${at(interval.low)})` }}
      />
      <div className={classes.point} style={{ left: at(point) }} />
    </div>
  );
}

/** A scale that holds all the intervals with a little air, and 0 if asked. */
export function scaleFor(intervals: readonly { low: number; high: number }[], withZero: boolean): Scale {
  const low = Math.min(...intervals.map((interval) => interval.low), ...(withZero ? [0] : []));
  const high = Math.max(...intervals.map((interval) => interval.high), ...(withZero ? [0] : []));
  if (!Number.isFinite(low) || !Number.isFinite(high) || low === high) return { low: 0, high: 1 };
  const air = (high - low) * 0.06;
  return { low: withZero ? low - air : Math.max(0, low - air), high: high + air };
}
