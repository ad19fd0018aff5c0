import type { Row } from '../bench.ts';

/** What was measured several times, as the machine became slower or faster: the mean of each figure that all of them have. */
export function meanOf(rows: readonly Row[]): Row {
  const [first] = rows;
  if (!first) throw new Error('Nothing was measured.');
  const figures = Object.keys(first.figures).map((key) => {
    const found = rows.map((row) => row.figures[key] ?? Number.NaN);
    const mean = found.reduce((sum, figure) => sum + figure, 0) / found.length;
    return [key, Number.isNaN(mean) ? null : mean];
  });
  return { name: first.name, figures: Object.fromEntries(figures) };
}
