import { Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Pool, PoolResult } from '#shared/api/vouchers.ts';
import { wilson } from '#shared/stats/wilson.ts';
import { percent, wholeNumber } from '../../lib/format/number.ts';
import { useStepNames } from '../../lib/trail/use-step-names.ts';
import type { Column } from '../../ui/tables/column.ts';
import { TextLink } from '../../ui/links.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';

/** How many of the codes that were given came back, by the version of the flow and the arm of its tests. */
export function ResultsSection({ results }: Pick<Pool, 'results'>) {
  if (results.length === 0) return null;
  const isTested = results.some(({ arm }) => arm !== null);
  return (
    <section aria-label="Results">
      <Title order={2} size="h3" mb="xs">
        What came of them
      </Title>
      <DataTable
        label="Redeemed by version and test"
        columns={isTested ? COLUMNS : UNTESTED}
        rows={results}
        rowKey={({ flow, version, arm }) => [flow.id, version, arm?.experiment, arm?.arm].join(' ')}
        empty={null}
      />
      {isTested && (
        <Text size="xs" c="dimmed" mt="xs">
          Whoever is in several tests counts in the line of each.
        </Text>
      )}
    </section>
  );
}

/** The version of an A/B test that people met, and the test, as their flow calls them. */
function Arm({ flow, experiment, arm }: ArmProps) {
  const names = useStepNames(flow);
  return (
    <>
      <Text size="sm">
        <bdi>{names.arm(experiment, arm)}</bdi>
      </Text>
      <TextLink to="/results/$key" params={{ key: experiment }} size="xs">
        <bdi>{names.test(experiment)}</bdi>
      </TextLink>
    </>
  );
}

interface ArmProps {
  flow: { id: string; version: number };
  experiment: string;
  arm: string;
}

const COLUMNS: readonly Column<PoolResult>[] = [
  {
    key: 'flow',
    header: 'Flow',
    cell: ({ flow, version }) => (
      <>
        <Link to="/flows/$flowId" params={{ flowId: flow.id }} data-row-link dir="auto">
          {flow.name}
        </Link>
        <Text size="xs" c="dimmed">
          Version {version}
        </Text>
      </>
    ),
  },
  {
    key: 'arm',
    header: 'A/B test',
    width: 150,
    cell: ({ flow, version, arm }) =>
      arm === null ? (
        <Text size="sm" c="dimmed">
          –
        </Text>
      ) : (
        <Arm flow={{ id: flow.id, version }} {...arm} />
      ),
  },
  {
    key: 'given',
    header: 'Given',
    width: 90,
    align: 'right',
    sortBy: ({ given }) => given,
    cell: ({ given }) => wholeNumber(given),
  },
  {
    key: 'redeemed',
    header: 'Redeemed',
    width: 110,
    align: 'right',
    sortBy: ({ redeemed }) => redeemed,
    cell: ({ redeemed }) => wholeNumber(redeemed),
  },
  {
    key: 'rate',
    header: 'Rate',
    width: 90,
    align: 'right',
    sortBy: ({ given, redeemed }) => redeemed / Math.max(1, given),
    cell: ({ given, redeemed }) => (given === 0 ? '–' : <strong>{percent(redeemed / given)}</strong>),
  },
  {
    key: 'interval',
    header: '95 % sure it is between',
    width: 180,
    align: 'right',
    wide: true,
    cell: ({ given, redeemed }) => {
      if (given === 0) return '–';
      const { low, high } = wilson({ exposures: given, conversions: redeemed });
      return `${percent(low)} and ${percent(high)}`;
    },
  },
];

const UNTESTED = COLUMNS.filter(({ key }) => key !== 'arm');
