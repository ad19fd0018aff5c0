import type { FlowStatus } from '#shared/api/flows.ts';
import { IconArchive, IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { StatusBadge, type StatusBadgeProps } from './status-badge.tsx';

/** What a flow does at present. */
export function FlowStatusBadge({ status }: { status: FlowStatus }) {
  return <StatusBadge {...LOOKS[status]} />;
}

const LOOKS: Record<FlowStatus, StatusBadgeProps> = {
  draft: { icon: IconPencil, label: 'Draft', tone: 'quiet' },
  live: { icon: IconPlayerPlay, label: 'Live', tone: 'good' },
  paused: { icon: IconPlayerPause, label: 'Paused', tone: 'warn' },
  archived: { icon: IconArchive, label: 'Archived', tone: 'quiet' },
};
