import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { Survey, SurveyBranch } from '#shared/api/surveys.ts';
import { percent, wholeNumber } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { IntervalPlot } from './interval-plot.tsx';
import { scaleFor } from './scale.ts';
import { betweenScores, scoreWords } from './score-words.ts';

/** The score of everybody, then of each version of a test. */
export function BranchesTable({ survey }: { survey: Survey }) {
  const columns = useMemo(() => columnsFor(survey), [survey]);
  const rows = useMemo(() => [{ ...survey, arm: '', label: 'Everybody' }, ...survey.branches], [survey]);
  const test = survey.tests.find(({ key }) => key === survey.by);
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {test ? (
          <>
            By versions of <bdi>{test.name}</bdi>
          </>
        ) : (
          'In figures'
        )}
      </Title>
      <DataTable
        linked={false}
        label="Scores"
        columns={columns}
        rows={rows}
        rowKey={({ arm }) => arm}
        empty={null}
      />
      <Text size="xs" c="dimmed" mt="xs">
        {noteOn(survey)}
      </Text>
    </section>
  );
}

function noteOn({ by, tests }: Survey): string {
  if (by !== null)
    return 'The interval of a score is for one look. A version counts the people who had met it when their conversation was over.';
  return tests.length > 0
    ? 'Tell people apart by a test, at the top, to learn which version they like better.'
    : 'Put an “A/B test” step into a flow to learn which version people like better.';
}

function columnsFor({ by, branches, interval }: Survey): Column<SurveyBranch>[] {
  const scale = scaleFor(
    [interval, ...branches.map((branch) => branch.interval)].flatMap((one) => one ?? []),
    true,
  );
  return [
    {
      key: 'label',
      header: by === null ? 'Who' : 'Version',
      cell: ({ label }) => (
        <Text fw={500}>
          <bdi>{label}</bdi>
        </Text>
      ),
    },
    {
      key: 'people',
      header: 'People',
      align: 'right',
      width: 90,
      cell: ({ people }) => wholeNumber(people),
    },
    {
      key: 'kinds',
      header: 'Promoters, passives, detractors',
      align: 'right',
      width: 190,
      wide: true,
      cell: ({ promoters, passives, detractors, people }) =>
        people === 0
          ? '–'
          : [promoters, passives, detractors].map((count) => percent(count / people, 0)).join(', '),
    },
    {
      key: 'score',
      header: 'Score',
      align: 'right',
      width: 80,
      cell: ({ score }) => (score === null ? '–' : <strong>{scoreWords(score)}</strong>),
    },
    {
      key: 'interval',
      header: '95 % sure it is between',
      align: 'right',
      width: 180,
      cell: ({ interval: one }) => (one === null ? '–' : betweenScores(one)),
    },
    {
      key: 'plot',
      header: 'Drawn',
      hiddenHeader: true,
      width: 200,
      cell: ({ score, interval: one }) =>
        score !== null && one !== null && <IntervalPlot point={score} interval={one} scale={scale} zero />,
    },
  ];
}
