import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Comparison, Experiment } from '#shared/api/experiments.ts';
import { luck, percent, points, signedPercent } from '../../lib/format/number.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import { scaleFor } from './scale.ts';

/** Every other version against the first. Left out while there is nothing to compare. */
export function ComparisonsTable({
  experiment: { comparisons, results, exposures },
}: {
  experiment: Experiment;
}) {
  const columns = useMemo(() => columnsFor(comparisons, results), [comparisons, results]);
  const [first] = results;
  if (!first || comparisons.length === 0 || exposures === 0) return null;
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        Against <bdi>{first.label}</bdi>
      </Title>
      <DataTable
        linked={false}
        label={`Against ${first.label}`}
        columns={columns}
        rows={comparisons}
        rowKey={({ arm }) => arm}
        empty={null}
      />
      <Text size="xs" c="dimmed" mt="xs">
        Decide by the interval and by how often it could be luck: these hold however often you look
        {comparisons.length > 1 && ', and for all versions together'}. The chance, the risk (what choosing it
        would lose on average, since it may be worse) and the intervals of the rates above are what the
        figures say at one look.
      </Text>
    </section>
  );
}

function columnsFor(
  comparisons: readonly Comparison[],
  results: Experiment['results'],
): Column<Comparison>[] {
  const scale = scaleFor(
    comparisons.filter(({ ready }) => ready).map(({ interval }) => interval),
    true,
  );
  const base = results[0]?.rate;
  const relative = (difference: number): string =>
    base ? ` (${signedPercent(difference / base)} relative)` : '';
  const peopleOf = (arm: string | undefined): number => results.find(({ id }) => id === arm)?.exposures ?? 0;
  /** There is something to compare: somebody met the version, and the first one. */
  const isMet = (arm: string): boolean => peopleOf(arm) > 0 && peopleOf(results[0]?.id) > 0;
  return [
    {
      key: 'arm',
      header: 'Version',
      cell: ({ arm }) => (
        <Text fw={500}>
          <bdi>{results.find(({ id }) => id === arm)?.label ?? arm}</bdi>
        </Text>
      ),
    },
    {
      key: 'better',
      header: 'Chance it is better',
      align: 'right',
      width: 150,
      cell: ({ arm, chanceBetter, expectedLoss }) =>
        isMet(arm) ? (
          <>
            {percent(chanceBetter)}
            <Text size="xs" c="dimmed">
              risk {points(expectedLoss, 2).replace('+', '')}
            </Text>
          </>
        ) : (
          '–'
        ),
    },
    {
      key: 'luck',
      header: 'The difference',
      width: 230,
      cell: ({ arm, p, difference, ready }) => (
        <>
          <Text fw={500} className="tabular">
            {isMet(arm) ? points(difference) : '–'}
            {isMet(arm) && relative(difference)}
          </Text>
          <Text size="xs" c="dimmed">
            {ready ? luck(p) : 'too early to say'}
          </Text>
        </>
      ),
    },
    {
      key: 'interval',
      header: '95 % sure it is between',
      align: 'right',
      width: 210,
      cell: ({ interval, ready }) =>
        ready ? `${points(interval.low).replace(' points', '')} and ${points(interval.high)}` : '–',
    },
    {
      key: 'plot',
      header: 'Drawn',
      hiddenHeader: true,
      width: 220,
      cell: ({ difference, interval, ready }) =>
        ready ? <IntervalPlot point={difference} interval={interval} scale={scale} zero /> : null,
    },
  ];
}
