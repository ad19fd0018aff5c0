import { Card, Title } from '@mantine/core';
import type { Experiment } from '#shared/api/experiments.ts';
import { plannable } from '../../ui/planner/plan-words.ts';
import { TestPlanner } from '../../ui/planner/test-planner.tsx';

/** How many people the test takes until it could tell, and how much longer that is. Left out where more people would not help. */
export function PlanCard({ experiment }: { experiment: Experiment }) {
  const { state, verdict, goal, results, pace, exposures } = experiment;
  if (goal === null || verdict === 'split-off' || state === 'ended' || state === 'one-version') return null;
  const rate = plannable(results[0]?.rate);
  return (
    <Card component="section" aria-label="How many people it takes">
      <Title order={2} size="h3" mb="md">
        {exposures === 0
          ? 'How many people does it take?'
          : verdict === 'better'
            ? 'How much longer for a smaller difference?'
            : 'How much longer?'}
      </Title>
      <TestPlanner
        baseline={rate}
        pace={state === 'paused' ? 0 : exposures === 0 ? null : pace}
        shares={results.map(({ share }) => share)}
        met={exposures}
        source={sourceWords(exposures, rate, results[0]?.label ?? '')}
      />
    </Card>
  );
}

/** Where rate and traffic come from, as far as people know them. */
function sourceWords(exposures: number, rate: number | null, first: string): string {
  if (exposures === 0)
    return 'The rate is a guess until somebody has met the test: enter what you expect, and how many people a day.';
  if (rate === null)
    return `The rate is a guess while none or all of “${first}” have reached the goal: enter what you expect. People a day are measured over the last week.`;
  return `Rate and traffic are filled in as measured: “${first}” so far, and people a day over the last week.`;
}
