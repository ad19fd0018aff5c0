import classes from './results.module.css';
import type { Scale } from './scale.ts';

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
