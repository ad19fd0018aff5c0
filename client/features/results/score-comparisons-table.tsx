import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Survey, SurveyComparison } from '#shared/api/surveys.ts';
import { luck, points } from '../../lib/format/number.ts';
import type { Column } from '../../ui/column.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import { scaleFor } from './scale.ts';

/** The score of every other version against that of the first. Left out while there is nothing to compare. */
export function ScoreComparisonsTable({ survey: { comparisons, branches } }: { survey: Survey }) {
  const columns = useMemo(() => columnsFor(comparisons, branches), [comparisons, branches]);
  const [first] = branches;
  if (!first || comparisons.length === 0) return null;
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
        Decide by this: it holds however often you look
        {comparisons.length > 1 && ', and for all versions together'}.
      </Text>
    </section>
  );
}

function columnsFor(
  comparisons: Survey['comparisons'],
  branches: Survey['branches'],
): Column<SurveyComparison>[] {
  const scale = scaleFor(
    comparisons.filter(({ ready }) => ready).map(({ interval }) => interval),
    true,
  );
  return [
    {
      key: 'arm',
      header: 'Version',
      cell: ({ arm }) => (
        <Text fw={500}>
          <bdi>{branches.find((branch) => branch.arm === arm)?.label ?? arm}</bdi>
        </Text>
      ),
    },
    {
      key: 'difference',
      header: 'The difference',
      width: 230,
      cell: ({ difference, p, ready }) => (
        <>
          <Text fw={500} className="tabular">
            {scorePoints(difference)}
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
        ready ? `${scorePoints(interval.low).replace(' points', '')} and ${scorePoints(interval.high)}` : '–',
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

/** A difference of scores, which are points already: "+9 points". */
const scorePoints = (difference: number): string => points(difference / 100, 0);
