import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ContestSummary } from '#shared/api/contests.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ContestStatusBadge } from './contest-status-badge.tsx';

/** What the list of contests says about each. */
export const CONTEST_COLUMNS: readonly Column<ContestSummary>[] = [
  {
    key: 'name',
    header: 'Contest',
    cell: ({ key, name }) => (
      <>
        <Link to="/contests/$key" params={{ key }} data-row-link dir="auto">
          {name}
        </Link>
        <Text size="xs" c="dimmed">
          {key}
        </Text>
      </>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    width: 150,
    cell: ({ status }) => <ContestStatusBadge status={status} />,
  },
  {
    key: 'entries',
    header: 'Entries',
    width: 120,
    align: 'right',
    cell: ({ entries }) => <span className="tabular">{wholeNumber(entries)}</span>,
  },
  {
    key: 'winners',
    header: 'Winners',
    width: 110,
    align: 'right',
    cell: ({ winners }) => <span className="tabular">{winners === 0 ? '–' : wholeNumber(winners)}</span>,
  },
  {
    key: 'closes',
    header: 'Closes',
    width: 140,
    cell: ({ closesAt }) => (
      <Text size="sm" c="dimmed">
        {closesAt === null ? 'No date yet' : <RelativeTime at={closesAt} />}
      </Text>
    ),
  },
];
