import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SurveySummary } from '#shared/api/surveys.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { surveysQuery } from '../../lib/queries/survey-queries.ts';
import type { Column } from '../../ui/tables/column.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { LocalTable } from '../../ui/tables/local-table.tsx';
import { flowColumn } from './flow-column.tsx';
import { betweenScores, scoreWords } from './score-words.ts';

/** Where flows ask for a score, with the score so far. */
export function SurveysTable() {
  const { data, error, refetch } = useQuery(surveysQuery);
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        Scores (NPS)
      </Title>
      {error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <LocalTable
          label="Scores"
          what="score"
          wordsOf={wordsOf}
          columns={COLUMNS}
          rows={data}
          rowKey={({ flow, answer }) => `${flow.id} ${answer}`}
          empty={
            <Text c="dimmed" p="md">
              No published flow asks for a score. Put an “Ask for a score” step into one: what people answer,
              from 0 to 10, is told here with how sure it is.
            </Text>
          }
        />
      )}
    </section>
  );
}

const COLUMNS: readonly Column<SurveySummary>[] = [
  {
    key: 'name',
    header: 'Question',
    sortBy: ({ name }) => name,
    cell: ({ flow, answer, name }) => (
      <Link
        to="/results/scores/$flowId/$answer"
        params={{ flowId: flow.id, answer }}
        data-row-link
        dir="auto"
      >
        {name}
      </Link>
    ),
  },
  flowColumn,
  {
    key: 'people',
    header: 'People',
    align: 'right',
    width: 120,
    sortBy: ({ people }) => people,
    cell: ({ people }) => wholeNumber(people),
  },
  {
    key: 'score',
    header: 'Score',
    align: 'right',
    width: 90,
    sortBy: ({ score }) => score ?? Number.NEGATIVE_INFINITY,
    cell: ({ score }) => (score === null ? '–' : <strong>{scoreWords(score)}</strong>),
  },
  {
    key: 'interval',
    header: '95 % sure it is between',
    align: 'right',
    width: 220,
    cell: ({ interval }) =>
      interval === null ? (
        <Text span size="sm" c="dimmed">
          Nobody has answered yet
        </Text>
      ) : (
        betweenScores(interval)
      ),
  },
];

const wordsOf = ({ name, answer, flow }: SurveySummary): string => `${name} ${answer} ${flow.name}`;
