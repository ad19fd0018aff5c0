import { NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { PlanChart } from './plan-chart.tsx';
import { type Plan, planWords, usualDifference } from './plan-words.ts';

export interface TestPlannerProps {
  /** The rate of the first version as measured, if it is `plannable`; else null. */
  baseline: number | null;
  /** People a day as measured; null where nobody knows. */
  pace: number | null;
  /** What part of people each version gets, the first version's first. */
  shares: readonly number[];
  /** People who have met the test so far; null before it begins. */
  met: number | null;
  /** Where the two measured numbers come from, or that they are a guess. */
  source: string;
}

/** Says how many people a test takes, and how long: for the rate, the difference and the traffic that somebody enters. */
export function TestPlanner({ baseline, pace, shares, met, source }: TestPlannerProps) {
  const [entered, setEntered] = useState<Partial<Record<Field, number | string>>>({});
  const rate = entered.rate ?? Number(((baseline ?? GUESS) * 100).toPrecision(3));
  const known = Number(rate) / 100;
  const usual = known > 0 && known < 1 ? Number((usualDifference(known) * 100).toPrecision(1)) : '';
  const difference = entered.difference ?? usual;
  const perDay = entered.perDay ?? (pace === null ? '' : Math.round(pace));
  const enter = (field: Field) => (value: number | string) =>
    setEntered((before) => ({ ...before, [field]: value }));

  const plan = useMemo(
    (): Plan | null =>
      known > 0 && known < 1 && Number(difference) > 0
        ? {
            test: { baseline: known, shares },
            difference: Number(difference) / 100,
            pace: perDay === '' ? null : Number(perDay),
            met,
          }
        : null,
    [known, difference, perDay, shares, met],
  );
  const shown = useDeferredValue(plan);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" verticalSpacing="xs">
        <NumberInput
          label="Rate of the first version"
          value={rate}
          onChange={enter('rate')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={3}
        />
        <NumberInput
          label="Difference worth knowing"
          value={difference}
          onChange={enter('difference')}
          suffix=" points"
          min={0}
          max={100}
          decimalScale={3}
          step={0.5}
        />
        <NumberInput
          label="People a day"
          value={perDay}
          onChange={enter('perDay')}
          min={0}
          allowDecimal={false}
          thousandSeparator=","
        />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {source}
      </Text>
      {shown === null ? (
        <Text c="dimmed">Fill in a rate between 0 and 100 % and a difference.</Text>
      ) : (
        <PlanAnswer plan={shown} />
      )}
    </Stack>
  );
}

type Field = 'rate' | 'difference' | 'perDay';

/** Where no rate was measured: one that many offers by text have. */
const GUESS = 0.1;

function PlanAnswer({ plan }: { plan: Plan }) {
  const { people, time, soFar, method } = useMemo(() => planWords(plan), [plan]);
  return (
    <>
      <div role="status">
        <Text fw={600}>{people}</Text>
        {time !== null && <Text mt={2}>{time}</Text>}
        {soFar !== null && <Text mt={2}>{soFar}</Text>}
      </div>
      <PlanChart plan={plan} />
      {method !== null && (
        <Text size="xs" c="dimmed">
          {method}
        </Text>
      )}
    </>
  );
}
