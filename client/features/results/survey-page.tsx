import { Card, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Survey } from '#shared/api/surveys.ts';
import { withQuery } from '../../lib/api/http.ts';
import { surveyQuery } from '../../lib/queries/survey-queries.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { BranchesTable } from './branches-table.tsx';
import classes from './results.module.css';
import { ScoreComparisonsTable } from './score-comparisons-table.tsx';
import { ScoresChart } from './scores-chart.tsx';

const route = getRouteApi('/shell/results/scores/$flowId/$answer');

/** One score (NPS): the result in a sentence, how it is spread, and what each version of a test comes to. */
export function SurveyPage() {
  const { flowId, answer } = route.useParams();
  const { by } = route.useSearch();
  const { data: survey, error, refetch } = useQuery(surveyQuery(flowId, answer, by));
  if (error || !survey)
    return (
      <PagePending
        what="score"
        back={<BackLink to="/results">Results</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  const path = `/api/surveys/${flowId}/${answer}/export`;
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/results">Results</BackLink>}
        title={survey.name}
        description={
          <>
            Asked in{' '}
            <TextLink to="/flows/$flowId" params={{ flowId: survey.flow.id }} inherit>
              <bdi>{survey.flow.name}</bdi>
            </TextLink>
            , kept as “{survey.answer}”, counted <RelativeTime at={survey.countedAt} />
          </>
        }
        actions={
          <>
            <TestSelect survey={survey} />
            <ExportButton path={withQuery(path, { by: survey.by })} name={`nps-${survey.answer}.csv`} />
          </>
        }
      />
      <Stack gap="lg">
        <Card component="section" aria-label="Result" padding="lg">
          <Text className={classes.sentence}>{survey.sentence}</Text>
          <Text size="sm" c="dimmed" mt={6}>
            The share of promoters (9 and 10) less that of detractors (0 to 6), in points from −100 to 100.
            Each person counts once, by the newest score they gave; people who were erased count no more.
          </Text>
        </Card>
        {survey.people > 0 && (
          <>
            <ScoresChart survey={survey} />
            <BranchesTable survey={survey} />
            <ScoreComparisonsTable survey={survey} />
          </>
        )}
      </Stack>
    </Page>
  );
}

function TestSelect({ survey: { tests, by } }: { survey: Survey }) {
  const navigate = route.useNavigate();
  if (tests.length === 0) return null;
  return (
    <Select
      aria-label="Told apart by"
      placeholder="Tell apart by a test"
      w={240}
      allowDeselect={false}
      data={tests.map(({ key, name }) => ({ value: key, label: `By versions of ${name}` }))}
      value={by}
      onChange={(value) => void navigate({ search: { by: value ?? undefined }, replace: true })}
    />
  );
}
