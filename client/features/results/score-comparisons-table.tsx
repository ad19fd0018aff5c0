import { useMemo } from 'react';
import type { Survey, SurveyComparison } from '#shared/api/surveys.ts';
import { signed } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { againstColumns } from './against-columns.tsx';
import { AgainstFirst } from './against-first.tsx';

/** The score of every other version against that of the first. Left out while there is nothing to compare. */
export function ScoreComparisonsTable({ survey: { comparisons, branches } }: { survey: Survey }) {
  const columns = useMemo(() => columnsFor(comparisons, branches), [comparisons, branches]);
  const [first] = branches;
  if (!first || comparisons.length === 0) return null;
  return (
    <AgainstFirst first={first.label} columns={columns} rows={comparisons}>
      Decide by this: it holds however often you look
      {comparisons.length > 1 && ', and for all versions together'}.
    </AgainstFirst>
  );
}

const columnsFor = (
  comparisons: Survey['comparisons'],
  branches: Survey['branches'],
): Column<SurveyComparison>[] =>
  againstColumns(comparisons, {
    labelOf: (arm) => branches.find((branch) => branch.arm === arm)?.label,
    difference: ({ difference }) => `${signed(difference)} points`,
    between: ({ low, high }) => `${signed(low)} and ${signed(high)} points`,
  });
