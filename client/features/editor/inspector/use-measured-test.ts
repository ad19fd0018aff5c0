import { useQuery } from '@tanstack/react-query';
import { START } from '#flows/engine/events.ts';
import { outline } from '#flows/engine/outline.ts';
import type { OpenFlow } from '#flows/open.ts';
import { experimentQuery, experimentsQuery } from '../../../lib/queries/experiment-queries.ts';
import { flowQuery, trafficQuery } from '../../../lib/queries/flow-queries.ts';
import { plannable } from '../../../ui/planner/plan-words.ts';
import type { TestPlannerProps } from '../../../ui/planner/test-planner.tsx';

const WEEK = 7;
const GUESSED = 'The rate is a guess: enter what you expect.';

/**
 * What is known about a test that a step draws: what it has measured where it runs already, else how many people start this flow and
 * reach its goal. Null while it is on its way.
 */
export function useMeasuredTest({
  experiment: key,
  flowId,
  open,
}: {
  experiment: string;
  flowId: string;
  open: OpenFlow | null;
}): Omit<TestPlannerProps, 'shares'> | null {
  const experiments = useQuery(experimentsQuery);
  const known = experiments.data?.find((one) => one.key === key && one.flow.id === flowId);
  const experiment = useQuery({ ...experimentQuery(key), enabled: known !== undefined });
  const traffic = useQuery(trafficQuery(flowId));
  // The editor has asked for it, and keeps to what it was told then.
  const flow = useQuery({ ...flowQuery(flowId), staleTime: Number.POSITIVE_INFINITY });
  if (experiments.isPending || traffic.isPending || flow.isPending) return null;
  if (known && experiment.isPending) return null;
  const run = known && experiment.data && experiment.data.exposures > 0 ? experiment.data : null;
  const started = flow.data?.startedLately ?? 0;
  if (run) {
    const rate = plannable(run.results[0]?.rate);
    return {
      baseline: rate,
      pace: run.pace,
      met: run.exposures,
      source:
        rate === null
          ? `${GUESSED} People a day are filled in as this test has measured them.`
          : 'Rate and traffic are filled in as this test has measured them.',
    };
  }
  const baseline = goalRate(open, traffic.data?.passages ?? []);
  return {
    baseline,
    pace: started > 0 ? started / WEEK : null,
    met: null,
    source: [
      baseline === null
        ? GUESSED
        : 'The rate is that of this flow so far: of those who started it, how many reached its goal.',
      started > 0
        ? 'People a day are those who started this flow in the last week.'
        : 'Nobody has started this flow in the last week: enter how many people you expect a day.',
    ].join(' '),
  };
}

type Passages = readonly { node: string; port: string; count: number }[];

/** How many of those who began the flow went through its first goal; null where there is none, or nobody did either. */
function goalRate(open: OpenFlow | null, passages: Passages): number | null {
  const goals = [...(open?.nodes.values() ?? [])].filter((node) =>
    outline(node).requests.some(({ request }) => request.kind === 'goal'),
  );
  const began = countAt(passages, START);
  const reached = countAt(passages, goals[0]?.id);
  return plannable(reached / began);
}

const countAt = (passages: Passages, node: string | undefined): number =>
  passages.reduce((sum, one) => (one.node === node ? sum + one.count : sum), 0);
