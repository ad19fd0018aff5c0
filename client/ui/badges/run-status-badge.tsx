import {
  IconBarrierBlock,
  IconCheck,
  IconExclamationMark,
  IconFlag,
  IconHandStop,
  IconHourglass,
  IconMessageOff,
  IconPlayerPause,
  IconX,
} from '@tabler/icons-react';
import type { RunSummary } from '#shared/api/runs.ts';
import { StatusBadge, type StatusBadgeProps } from './status-badge.tsx';

/** How far a run has come. */
export function RunStatusBadge({ status, outcome }: Pick<RunSummary, 'status' | 'outcome'>) {
  return <StatusBadge {...lookOf(status, outcome)} />;
}

function lookOf(status: RunSummary['status'], outcome: string | null): StatusBadgeProps {
  if (status === 'active') return { icon: IconHourglass, label: 'Waiting', tone: 'info' };
  if (status === 'parked') return { icon: IconPlayerPause, label: 'Parked', tone: 'warn' };
  if (outcome === 'completed') return { icon: IconCheck, label: 'Completed', tone: 'good' };
  if (outcome === 'failed') return { icon: IconExclamationMark, label: 'Failed', tone: 'bad' };
  if (outcome === 'stopped') return { icon: IconHandStop, label: 'Stopped', tone: 'quiet' };
  return OUTCOMES[outcome ?? ''] ?? { icon: IconFlag, label: 'Ended', tone: 'quiet' };
}

const OUTCOMES: Readonly<Record<string, StatusBadgeProps>> = {
  'not-reached': { icon: IconMessageOff, label: 'Not reached', tone: 'warn' },
  'dead-end': { icon: IconBarrierBlock, label: 'No way on', tone: 'warn' },
  cancelled: { icon: IconX, label: 'Ended by hand', tone: 'quiet' },
};
