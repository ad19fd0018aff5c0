import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Card, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Experiment } from '#shared/api/experiments.ts';
import { withQuery } from '../../lib/api/http.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { ExportButton } from '../../ui/tables/export-button.tsx';

type Measure = 'exposures' | 'conversions';

/** How a test went, day by day. Versions differ by stroke as well as by colour. */
export function DaysChart({ experiment: { key, goal, days, results } }: { experiment: Experiment }) {
  const [measure, setMeasure] = useState<Measure>('exposures');
  const data = useMemo(() => byDay(days, measure), [days, measure]);
  return (
    <Card component="section" aria-label="Day by day">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3">
          Day by day
        </Title>
        <Group gap="xs">
          {goal !== null && (
            <SegmentedControl
              size="xs"
              aria-label="What to show"
              value={measure}
              onChange={(value) => setMeasure(value === 'conversions' ? 'conversions' : 'exposures')}
              data={[
                { value: 'exposures', label: 'People' },
                { value: 'conversions', label: 'Reached the goal' },
              ]}
            />
          )}
          {days.length > 0 && (
            <ExportButton
              size="xs"
              words="Export days"
              path={withQuery(`/api/experiments/${key}/export`, { goal, table: 'days' })}
              name={`${key}-days.csv`}
            />
          )}
        </Group>
      </Group>
      {data.length < 2 ? (
        <Text c="dimmed">
          {data.length === 0
            ? 'Days show here once somebody has met a version.'
            : 'There is one day so far, which the table above tells. Lines are drawn from the second on.'}
        </Text>
      ) : (
        <LineChart
          h={260}
          data={data}
          dataKey="day"
          series={results.map(({ id, label }, index) => ({
            name: id,
            label,
            ...STROKES[index % STROKES.length],
          }))}
          curveType="linear"
          withLegend
          legendProps={{ itemSorter: null }}
          withDots={data.length < 32}
          tickLine="none"
          gridAxis="x"
          xAxisProps={{ tickFormatter: shortDay }}
          tooltipProps={{ labelFormatter: shortDay }}
          valueFormatter={wholeNumber}
        />
      )}
    </Card>
  );
}

const STROKES = [
  { color: 'var(--tl-info)', strokeDasharray: undefined },
  { color: 'var(--tl-warn)', strokeDasharray: '6 4' },
  { color: 'var(--tl-good)', strokeDasharray: '2 3' },
  { color: 'var(--tl-bad)', strokeDasharray: '10 3 2 3' },
  { color: 'var(--mantine-color-dimmed)', strokeDasharray: '4 2' },
  { color: 'var(--mantine-color-text)', strokeDasharray: '1 3' },
] as const;

/** One row a day with a number for each version: what a chart reads. */
function byDay(days: Experiment['days'], measure: Measure): Record<string, string | number>[] {
  const rows = new Map<string, Record<string, string | number>>();
  for (const { day, arm, ...counts } of days) {
    const row = rows.get(day) ?? { day };
    row[arm] = counts[measure];
    rows.set(day, row);
  }
  return [...rows.values()];
}

/** "2026-11-07" → "7 Nov". A day has no zone: it was cut in the workspace's already. */
const shortDay = (day: unknown): string => {
  const at = Date.parse(String(day));
  return Number.isNaN(at) ? String(day) : new Date(at).toLocaleDateString('en-GB', DAY);
};
const DAY = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
