import { Group, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FlowSummary } from '#shared/api/flows.ts';
import { compactNumber, counted } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { FlowStatusBadge } from '../../ui/badges/flow-status-badge.tsx';
import { KeywordPills } from '../../ui/keyword-pills.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { FlowMenu } from './flow-menu.tsx';

/** What the list of flows says about each. */
export const FLOW_COLUMNS: readonly Column<FlowSummary>[] = [
  {
    key: 'name',
    header: 'Flow',
    cell: (flow) => (
      <>
        <Link to="/flows/$flowId" params={{ flowId: flow.id }} data-row-link dir="auto">
          {flow.name}
        </Link>
        <Text size="xs" c="dimmed">
          {flow.version === null ? 'Not published yet' : `Version ${flow.version}`} ·{' '}
          {counted(flow.steps, 'step')}
        </Text>
      </>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 130,
    cell: (flow) => (
      <>
        <FlowStatusBadge status={flow.status} />
        {flow.changed && flow.version !== null && (
          <Group gap={4} mt={3} wrap="nowrap" c="dimmed" fz={12}>
            <IconPencil size={12} aria-hidden />
            Edited since
          </Group>
        )}
      </>
    ),
  },
  {
    key: 'keywords',
    header: 'Keywords',
    width: 230,
    cell: (flow) => <KeywordPills words={flow.keywords} />,
  },
  {
    key: 'running',
    header: 'In it now',
    width: 96,
    align: 'right',
    cell: (flow) => <Count value={flow.running} words={counted(flow.running, 'person', 'people')} />,
  },
  {
    key: 'started',
    header: 'Last 7 days',
    width: 104,
    align: 'right',
    cell: (flow) => (
      <Count value={flow.startedLately} words={`${counted(flow.startedLately, 'start')} in 7 days`} />
    ),
  },
  {
    key: 'updated',
    header: 'Changed',
    width: 110,
    wide: true,
    cell: (flow) => (
      <Text size="sm" c="dimmed">
        <RelativeTime at={flow.updatedAt} />
      </Text>
    ),
  },
  {
    key: 'menu',
    header: 'Actions',
    hiddenHeader: true,
    width: 56,
    align: 'right',
    cell: (flow) => <FlowMenu flow={flow} />,
  },
];

function Count({ value, words }: { value: number; words: string }) {
  return (
    <Text component="span" c={value === 0 ? 'dimmed' : undefined} title={words}>
      {compactNumber(value)}
    </Text>
  );
}
