import { useMemo } from 'react';
import classes from './sparkline.module.css';

const WIDTH = 300;
const HEIGHT = 40;

/** A small line without axes: how a number went. What it says stands beside it in figures. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const { line, area } = useMemo(() => paths(values), [values]);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={classes.area} d={area} />
      <path className={classes.line} d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function paths(values: readonly number[]): { line: string; area: string } {
  if (values.length < 2) return { line: `M0 ${HEIGHT - 1}H${WIDTH}`, area: '' };
  const top = Math.max(1, ...values);
  const step = WIDTH / (values.length - 1);
  const line = values
    .map((value, index) => {
      const x = (index * step).toFixed(1);
      const y = (HEIGHT - 1 - (value / top) * (HEIGHT - 3)).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
  return { line, area: `${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` };
}
