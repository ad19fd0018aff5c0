import { IconFlag, IconPlayerPause, IconPlayerPlay, IconUsers } from '@tabler/icons-react';
import type { ExperimentState } from '#shared/api/experiments.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** Whether people still come to a test. */
export function ExperimentStateBadge({ state }: { state: ExperimentState }) {
  return <StatusBadge {...STATES[state]} />;
}

const STATES: Readonly<Record<ExperimentState, StatusBadgeProps>> = {
  running: { icon: IconPlayerPlay, label: 'Running', tone: 'good' },
  'one-version': { icon: IconUsers, label: 'All get one version', tone: 'info' },
  paused: { icon: IconPlayerPause, label: 'Flow is paused', tone: 'warn' },
  ended: { icon: IconFlag, label: 'Ended', tone: 'quiet' },
};
