import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { PoolSummary } from '#shared/api/vouchers.ts';
import { calendarDay } from '../../lib/format/moment.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import type { Column } from '../../ui/tables/column.ts';
import { PoolStateBadge } from './pool-state-badge.tsx';
import { RunOut } from './run-out.tsx';
import { StockBar } from './stock-bar.tsx';

/** What the list of pools says about each. */
export const POOL_COLUMNS: readonly Column<PoolSummary>[] = [
  {
    key: 'name',
    header: 'Pool',
    cell: ({ key, name }) => (
      <>
        <Link to="/vouchers/$key" params={{ key }} data-row-link dir="auto">
          {name}
        </Link>
        <Text size="xs" c="dimmed">
          {key}
        </Text>
      </>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: 110,
    roomy: true,
    cell: ({ state }) => <PoolStateBadge state={state} />,
  },
  {
    key: 'stock',
    header: 'Left',
    width: 200,
    cell: (pool) => (
      <>
        <Text size="sm" className="tabular">
          {wholeNumber(pool.available)} of {wholeNumber(pool.total)}
        </Text>
        <StockBar pool={pool} small />
      </>
    ),
  },
  {
    key: 'redeemed',
    header: 'Redeemed',
    width: 110,
    align: 'right',
    wide: true,
    cell: ({ redeemed }) => <span className="tabular">{redeemed === 0 ? '–' : wholeNumber(redeemed)}</span>,
  },
  {
    key: 'runs-out',
    header: 'Runs out',
    width: 220,
    roomy: true,
    cell: (pool) => <RunOut pool={pool} />,
  },
  {
    key: 'last-day',
    header: 'Last day',
    width: 130,
    wide: true,
    cell: ({ expiresOn }) => (
      <Text size="sm" c="dimmed">
        {expiresOn === null ? 'None' : calendarDay(expiresOn)}
      </Text>
    ),
  },
];
