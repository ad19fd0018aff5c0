import {
  IconCheck,
  IconExclamationMark,
  IconHandStop,
  IconHourglass,
  IconPlayerPause,
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
  return { icon: IconCheck, label: OUTCOMES[outcome ?? ''] ?? 'Ended', tone: 'quiet' };
}

const OUTCOMES: Readonly<Record<string, string>> = {
  'not-reached': 'Not reached',
  'dead-end': 'No way on',
  cancelled: 'Ended by hand',
};
