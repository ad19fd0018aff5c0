import { Stack, Text, Title } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExperimentSummary } from '#shared/api/experiments.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { experimentsQuery } from '../../lib/queries/experiment-queries.ts';
import type { Column } from '../../ui/tables/column.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { ButtonLink } from '../../ui/links.tsx';
import { LocalTable } from '../../ui/tables/local-table.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ExperimentStateBadge } from './experiment-state-badge.tsx';
import { flowColumn } from './flow-column.tsx';
import { SurveysTable } from './surveys-table.tsx';
import { VERDICTS, VerdictWords } from './verdict-words.tsx';

/** Every A/B test that was ever published. */
export function ResultsPage() {
  const { data, error, refetch } = useQuery(experimentsQuery);
  return (
    <Page>
      <PageHeader
        title="Results"
        description="Which version of a text works better, told so that looking often does no harm, and how likely people are to recommend you."
      />
      <Stack gap="xl">
        <section>
          <Title order={2} size="h3" mb="xs">
            A/B tests
          </Title>
          {error ? (
            <ErrorNote error={error} onRetry={() => void refetch()} />
          ) : (
            <LocalTable
              label="A/B tests"
              what="test"
              wordsOf={wordsOf}
              columns={COLUMNS}
              rows={data}
              rowKey={(experiment) => experiment.key}
              empty={<NoTests />}
            />
          )}
        </section>
        <SurveysTable />
      </Stack>
    </Page>
  );
}

function NoTests() {
  return (
    <EmptyState
      icon={IconChartBar}
      title="No A/B test has begun"
      action={
        <ButtonLink to="/flows" search={{ new: true }} mt="xs">
          Start from the offer test
        </ButtonLink>
      }
    >
      Put an “A/B test” step into a flow: it shows each person one of several versions, and the same one ever
      after. It also says how many people that takes. Mark what counts as success with a “Goal reached” step.
      Once the flow is published, its test stands here.
    </EmptyState>
  );
}

const COLUMNS: readonly Column<ExperimentSummary>[] = [
  {
    key: 'name',
    header: 'A/B test',
    sortBy: ({ name }) => name,
    cell: ({ key, name }) => (
      <Link to="/results/$key" params={{ key }} data-row-link dir="auto">
        {name}
      </Link>
    ),
  },
  flowColumn,
  {
    key: 'arms',
    header: 'Versions',
    align: 'right',
    width: 110,
    wide: true,
    sortBy: ({ arms }) => arms,
    cell: ({ arms }) => arms,
  },
  {
    key: 'exposures',
    header: 'People',
    align: 'right',
    width: 120,
    sortBy: ({ exposures }) => exposures,
    cell: ({ exposures }) => wholeNumber(exposures),
  },
  {
    key: 'verdict',
    header: 'Result',
    width: 220,
    sortBy: ({ verdict }) => VERDICTS.indexOf(verdict),
    cell: (experiment) => <VerdictWords experiment={experiment} />,
  },
  {
    key: 'state',
    header: 'State',
    width: 160,
    sortBy: ({ state }) => state,
    cell: ({ state }) => <ExperimentStateBadge state={state} />,
  },
  {
    key: 'started',
    header: 'Began',
    width: 120,
    sortBy: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={startedAt} />
      </Text>
    ),
  },
];

const wordsOf = ({ name, key, flow }: ExperimentSummary): string => `${name} ${key} ${flow.name}`;
