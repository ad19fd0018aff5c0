import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ArmResult, Experiment } from '#shared/api/experiments.ts';
import { percent, wholeNumber } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import { type Scale, scaleFor } from './scale.ts';

/** The versions side by side: who met them, who reached the goal, and how sure the rate is. */
export function ArmsTable({ experiment: { results, goal, sampleRatio } }: { experiment: Experiment }) {
  const alarm = sampleRatio?.alarm === true;
  const columns = useMemo(() => {
    const scale = scaleFor(
      results.flatMap(({ interval }) => interval ?? []),
      false,
    );
    return columnsFor(goal, scale, alarm);
  }, [results, goal, alarm]);
  return (
    <DataTable
      linked={false}
      label="Versions"
      columns={columns}
      rows={results}
      rowKey={({ id }) => id}
      empty="There are no versions."
    />
  );
}

function columnsFor(goal: string | null, scale: Scale, alarm: boolean): Column<ArmResult>[] {
  const people: Column<ArmResult>[] = [
    {
      key: 'label',
      header: 'Version',
      cell: ({ label, share }) => (
        <>
          <Text fw={500}>
            <bdi>{label}</bdi>
          </Text>
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            meant for {percent(share, 0)} of people
          </Text>
        </>
      ),
    },
    {
      key: 'exposures',
      header: 'People',
      align: 'right',
      width: alarm ? 120 : 90,
      cell: ({ exposures, expected }) => (
        <>
          {wholeNumber(exposures)}
          {alarm && expected !== null && (
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {wholeNumber(expected)} expected
            </Text>
          )}
        </>
      ),
    },
  ];
  // Without a goal nobody could reach it, and a rate of nothing would say something.
  if (goal === null) return people;
  return [
    ...people,
    {
      key: 'conversions',
      header: `Reached “${goal}”`,
      align: 'right',
      width: 140,
      cell: ({ conversions }) => wholeNumber(conversions),
    },
    {
      key: 'rate',
      header: 'Rate',
      align: 'right',
      width: 90,
      cell: ({ rate }) => (rate === null ? '–' : <strong>{percent(rate)}</strong>),
    },
    {
      key: 'interval',
      header: '95 % sure it is between',
      width: 180,
      align: 'right',
      cell: ({ interval }) =>
        interval === null ? '–' : `${percent(interval.low)} and ${percent(interval.high)}`,
    },
    {
      key: 'plot',
      header: 'Drawn',
      hiddenHeader: true,
      width: 220,
      cell: ({ rate, interval }) =>
        rate !== null && interval !== null && <IntervalPlot point={rate} interval={interval} scale={scale} />,
    },
  ];
}
