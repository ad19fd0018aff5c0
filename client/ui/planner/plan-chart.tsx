import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Box, Text } from '@mantine/core';
import { useMemo } from 'react';
import { differenceToTell, peopleToTell } from '#shared/stats/plan.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import type { Plan } from './plan-words.ts';

/** The smallest difference that a test tells after so many people: what more patience buys, and what less costs. */
export function PlanChart({ plan }: { plan: Plan }) {
  const { test, difference, met } = plan;
  const people = useMemo(() => peopleToTell(test, difference), [test, difference]);
  const most = Math.max(2 * (people ?? 0), 1.1 * (met ?? 0));
  const data = useMemo(
    () =>
      Array.from({ length: DOTS }, (_, at) => Math.round((most * (at + 1)) / DOTS)).flatMap((after) => {
        const told = differenceToTell(test, after);
        return told === null ? [] : [{ after, told: told * 100 }];
      }),
    [test, most],
  );
  if (people === null || data.length < 2) return null;
  const top = Math.min(data[0]?.told ?? 100, 400 * difference);
  return (
    <Box component="figure" m={0}>
      <Text component="figcaption" size="xs" c="dimmed" mb={4}>
        Smallest difference it tells, in points, after so many people
      </Text>
      <LineChart
        h={170}
        data={data}
        dataKey="after"
        series={[{ name: 'told', label: 'Smallest difference', color: 'var(--tl-info)' }]}
        curveType="monotone"
        withDots={false}
        tickLine="none"
        gridAxis="x"
        xAxisProps={{
          type: 'number',
          domain: [0, most],
          ticks: ticksTo(most),
          tickFormatter: wholeNumber,
        }}
        yAxisProps={{ domain: [0, top], allowDataOverflow: true, width: 44 }}
        valueFormatter={(told) => told.toFixed(1)}
        tooltipProps={{ labelFormatter: (after) => `After ${counted(Number(after), 'person', 'people')}` }}
        referenceLines={[
          {
            x: people,
            label: 'Planned',
            color: 'var(--mantine-color-dimmed)',
            labelPosition: 'insideTopLeft',
          },
          ...(met
            ? [
                {
                  x: met,
                  label: 'So far',
                  color: 'var(--tl-good)',
                  strokeDasharray: '4 3',
                  labelPosition: 'insideBottomLeft' as const,
                },
              ]
            : []),
        ]}
      />
    </Box>
  );
}

const DOTS = 24;

/** Round numbers of people under the chart, seven at most. */
function ticksTo(most: number): number[] {
  const digit = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((times) => times * digit).find((one) => most / one <= 6) ?? most;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step);
}
