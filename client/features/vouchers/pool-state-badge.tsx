import { IconDoorOff, IconTicket } from '@tabler/icons-react';
import type { PoolState } from '#shared/api/vouchers.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** Whether a pool gives codes away. */
export function PoolStateBadge({ state }: { state: PoolState }) {
  return <StatusBadge {...POOL_STATES[state]} />;
}

const POOL_STATES: Readonly<Record<PoolState, StatusBadgeProps>> = {
  open: { icon: IconTicket, label: 'Open', tone: 'info' },
  closed: { icon: IconDoorOff, label: 'Closed', tone: 'quiet' },
};
