import { Card, Title } from '@mantine/core';
import type { Experiment } from '#shared/api/experiments.ts';
import { TestPlanner } from '../../ui/planner/test-planner.tsx';

/** How many people the test takes until it could tell, and how much longer that is. Left out where more people would not help. */
export function PlanCard({ experiment }: { experiment: Experiment }) {
  const { state, verdict, goal, results, pace, exposures } = experiment;
  if (goal === null || verdict === 'split-off' || state === 'ended' || state === 'one-version') return null;
  const rate = results[0]?.rate ?? null;
  return (
    <Card component="section" aria-label="How many people it takes">
      <Title order={2} size="h3" mb="md">
        {exposures === 0 ? 'How many people does it take?' : 'How much longer?'}
      </Title>
      <TestPlanner
        baseline={rate}
        pace={state === 'paused' ? 0 : exposures === 0 ? null : pace}
        shares={results.map(({ share }) => share)}
        met={exposures}
        source={
          rate === null
            ? 'The rate is a guess until somebody has met the test: enter what you expect, and how many people a day.'
            : `Rate and traffic are filled in as measured: “${results[0]?.label ?? ''}” so far, and people a day over the last week.`
        }
      />
    </Card>
  );
}
