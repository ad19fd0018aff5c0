import { Text } from '@mantine/core';
import { luck } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { scaleFor } from './scale.ts';

/** A version against the first one of its test, by whatever both were measured. */
export interface Against {
  arm: string;
  difference: number;
  interval: { low: number; high: number };
  p: number;
  ready: boolean;
}

/** How the figures of a comparison are put into words. */
export interface AgainstWords<Row> {
  /** What a version is called. */
  labelOf: (arm: string) => string | undefined;
  difference: (row: Row) => string;
  between: (interval: Against['interval']) => string;
}

/** The columns of a comparison: the version, whatever is `known` of it besides, the difference, and how sure that is. */
export function againstColumns<Row extends Against>(
  rows: readonly Row[],
  { labelOf, difference, between }: AgainstWords<Row>,
  known: readonly Column<Row>[] = [],
): Column<Row>[] {
  const scale = scaleFor(
    rows.filter(({ ready }) => ready).map(({ interval }) => interval),
    true,
  );
  return [
    {
      key: 'arm',
      header: 'Version',
      cell: ({ arm }) => (
        <Text fw={500}>
          <bdi>{labelOf(arm) ?? arm}</bdi>
        </Text>
      ),
    },
    ...known,
    {
      key: 'difference',
      header: 'The difference',
      width: 250,
      cell: (row) => (
        <>
          <Text fw={500} className="tabular">
            {difference(row)}
          </Text>
          <Text size="xs" c="dimmed">
            {row.ready ? luck(row.p) : 'too early to say'}
          </Text>
        </>
      ),
    },
    {
      key: 'interval',
      header: '95 % sure it is between',
      align: 'right',
      width: 210,
      cell: ({ interval, ready }) => (ready ? between(interval) : '–'),
    },
    {
      key: 'plot',
      header: 'Drawn',
      hiddenHeader: true,
      width: 220,
      cell: ({ difference: point, interval, ready }) =>
        ready ? <IntervalPlot point={point} interval={interval} scale={scale} zero /> : null,
    },
  ];
}
