import { IconDoorOff, IconListCheck, IconListSearch, IconPencil, IconTrophy } from '@tabler/icons-react';
import type { ContestStatus } from '#shared/api/contests.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** How far a contest has come. */
export function ContestStatusBadge({ status }: { status: ContestStatus }) {
  return <StatusBadge {...CONTEST_STATUSES[status]} />;
}

const CONTEST_STATUSES: Readonly<Record<ContestStatus, StatusBadgeProps>> = {
  open: { icon: IconPencil, label: 'Open', tone: 'info' },
  closed: { icon: IconDoorOff, label: 'Closed', tone: 'quiet' },
  listing: { icon: IconListSearch, label: 'List is being fixed', tone: 'info' },
  listed: { icon: IconListCheck, label: 'List is fixed', tone: 'warn' },
  drawn: { icon: IconTrophy, label: 'Drawn', tone: 'good' },
};
