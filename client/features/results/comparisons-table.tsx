import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Comparison, Experiment } from '#shared/api/experiments.ts';
import { percent, points, signed, signedPercent } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { againstColumns } from './against-columns.tsx';
import { AgainstFirst } from './against-first.tsx';

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
    <AgainstFirst first={first.label} columns={columns} rows={comparisons}>
      Decide by the interval and by how often it could be luck: these hold however often you look
      {comparisons.length > 1 && ', and for all versions together'}. The chance, the risk (what choosing it
      would lose on average, since it may be worse) and the intervals of the rates above are what the figures
      say at one look.
    </AgainstFirst>
  );
}

function columnsFor(
  comparisons: readonly Comparison[],
  results: Experiment['results'],
): Column<Comparison>[] {
  const [first] = results;
  const relative = (difference: number): string =>
    first?.rate ? ` (${signedPercent(difference / first.rate)} relative)` : '';
  const armOf = (arm: string) => results.find(({ id }) => id === arm);
  /** There is something to compare: somebody met the version, and the first one. */
  const isMet = (arm: string): boolean => Boolean(armOf(arm)?.exposures && first?.exposures);
  const better: Column<Comparison> = {
    key: 'better',
    header: 'Chance it is better',
    align: 'right',
    width: 150,
    cell: ({ arm, chanceBetter, expectedLoss }) =>
      isMet(arm) ? (
        <>
          {chanceWords(chanceBetter)}
          <Text size="xs" c="dimmed">
            risk {points(expectedLoss, 2)}
          </Text>
        </>
      ) : (
        '–'
      ),
  };
  const words = {
    labelOf: (arm: string) => armOf(arm)?.label,
    difference: ({ arm, difference }: Comparison) =>
      isMet(arm) ? `${inPoints(difference)} points${relative(difference)}` : '–',
    between: ({ low, high }: Comparison['interval']) => `${inPoints(low)} and ${inPoints(high)} points`,
  };
  return againstColumns(comparisons, words, [better]);
}

/** A chance, of which neither end is ever reached. */
function chanceWords(chance: number): string {
  if (chance > NEARLY_SURE) return `over ${percent(NEARLY_SURE)}`;
  return chance < 1 - NEARLY_SURE ? `under ${percent(1 - NEARLY_SURE)}` : percent(chance);
}
const NEARLY_SURE = 0.999;

/** A difference of two rates: "+2.1". */
const inPoints = (difference: number): string => signed(difference * 100, 1);
