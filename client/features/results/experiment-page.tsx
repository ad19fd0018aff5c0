import { Alert, Card, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Experiment } from '#shared/api/experiments.ts';
import { assertNever } from '#shared/assert-never.ts';
import { differenceToTell } from '#shared/stats/plan.ts';
import { withQuery } from '../../lib/api/http.ts';
import { luck, points } from '../../lib/format/number.ts';
import { experimentQuery } from '../../lib/queries/experiment-queries.ts';
import { BackLink } from '../../ui/page/back-link.tsx';
import { ExportButton } from '../../ui/tables/export-button.tsx';
import { TextLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page/page.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { PagePending } from '../../ui/page/page-pending.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ArmsTable } from './arms-table.tsx';
import { ComparisonsTable } from './comparisons-table.tsx';
import { DaysChart } from './days-chart.tsx';
import { ExperimentStateBadge } from './experiment-state-badge.tsx';
import { PlanCard } from './plan-card.tsx';
import classes from './results.module.css';

const route = getRouteApi('/shell/results/$key');

/** One A/B test: the result in a sentence, then the figures behind it. */
export function ExperimentPage() {
  const { key } = route.useParams();
  const { goal } = route.useSearch();
  const { data: experiment, error, refetch } = useQuery(experimentQuery(key, goal));
  if (error || !experiment)
    return (
      <PagePending
        what="A/B test"
        back={<BackLink to="/results">Results</BackLink>}
        error={error}
        onRetry={() => void refetch()}
      />
    );
  return (
    <Page>
      <PageHeader
        above={<BackLink to="/results">Results</BackLink>}
        title={experiment.name}
        beside={<ExperimentStateBadge state={experiment.state} />}
        description={
          <>
            In{' '}
            <TextLink
              to="/flows/$flowId"
              params={{ flowId: experiment.flow.id }}
              search={{ node: experiment.node }}
              inherit
            >
              <bdi>{experiment.flow.name}</bdi>
            </TextLink>
            , begun <RelativeTime at={experiment.startedAt} />
          </>
        }
        actions={
          <>
            <GoalSelect experiment={experiment} />
            <ExportButton
              path={withQuery(`/api/experiments/${experiment.key}/export`, {
                goal: experiment.goal,
                table: 'versions',
              })}
              name={`${experiment.key}-versions.csv`}
            />
          </>
        }
      />
      <Stack gap="lg">
        <Card component="section" aria-label="Result" padding="lg">
          <Text className={classes.sentence}>{experiment.sentence}</Text>
          <Text size="sm" c="dimmed" mt={6}>
            {standing(experiment)}
            {atTheEnd(experiment)}
            <NextStep experiment={experiment} />
          </Text>
        </Card>
        {experiment.sampleRatio?.alarm && <SplitAlarm p={experiment.sampleRatio.p} />}
        <ArmsTable experiment={experiment} />
        <ComparisonsTable experiment={experiment} />
        <PlanCard key={experiment.key} experiment={experiment} />
        <DaysChart experiment={experiment} />
      </Stack>
    </Page>
  );
}

/** What to do once a version is known to work better: results are only told here. */
function NextStep({ experiment: { verdict, state, winner, flow, node } }: { experiment: Experiment }) {
  if (verdict !== 'better' || state !== 'running' || winner === null) return null;
  return (
    <>
      {' '}
      To give everybody new “<bdi>{winner}</bdi>”, give it all of the share{' '}
      <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} search={{ node }} inherit>
        in the flow
      </TextLink>{' '}
      and publish.
    </>
  );
}

/** How the result is to be taken, and whether more people will add to it. */
function standing({ verdict, state, results }: Experiment): string {
  if (verdict === 'split-off')
    return 'The alarm holds however often you look: a split that is in order sets it off less than once in 1,000 tests.';
  switch (state) {
    case 'running':
      if (verdict === 'no-goal')
        return 'People are counted already; who reaches the goal is counted once it is drawn and published.';
      return verdict === 'unmet'
        ? 'Once people come, the result holds however often you look.'
        : 'The result holds however often you look, so there is no need to wait for a date.';
    case 'one-version': {
      const only = results.find(({ share }) => share > 0);
      return `Everybody new gets “${only?.label ?? ''}” by now; those who met another version keep it, and may still reach the goal.`;
    }
    case 'paused':
      return 'The flow takes nobody new at present; those who are in it may still reach the goal.';
    case 'ended':
      return 'Nobody new comes to this test any more. Who is still in an older version may reach the goal.';
    default:
      return assertNever(state);
  }
}

/** What a test that is over, and told nothing, would have told. */
function atTheEnd({ state, verdict, results, exposures }: Experiment): string {
  const [first] = results;
  if (verdict !== 'unclear' || (state !== 'ended' && state !== 'one-version') || !first?.rate) return '';
  const counts = results.map((arm) => arm.exposures);
  const told = differenceToTell({ baseline: first.rate, shares: counts }, exposures);
  return told === null
    ? ' So few people met it that no difference could have been told.'
    : ` A difference of ${points(told)} or more would most likely have been told.`;
}

function GoalSelect({ experiment: { goals, goal } }: { experiment: Experiment }) {
  const navigate = route.useNavigate();
  if (goals.length < 2) return null;
  return (
    <Select
      aria-label="Goal"
      w={200}
      allowDeselect={false}
      data={goals.map((value) => ({ value, label: `Goal: ${value}` }))}
      value={goal}
      onChange={(value) => void navigate({ search: { goal: value ?? undefined }, replace: true })}
    />
  );
}

function SplitAlarm({ p }: { p: number }) {
  return (
    <Alert
      role="alert"
      icon={<IconAlertTriangle size={18} color="var(--tl-bad)" />}
      title="Don’t trust these figures yet: the split itself is off."
    >
      The versions were not met by as many people as their shares say: the table tells how many were expected.
      It {luck(p)}. Look for a step before the texts that lets one version through less often, or for texts of
      one version that fail.
    </Alert>
  );
}
