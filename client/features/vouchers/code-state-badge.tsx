import { IconCircleDashed, IconCircleCheck, IconHourglass, IconSend } from '@tabler/icons-react';
import type { CodeState } from '#shared/api/vouchers.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** Where a code is. */
export function CodeStateBadge({ state }: { state: CodeState }) {
  return <StatusBadge {...CODE_STATES[state]} />;
}

export const CODE_STATES: Readonly<Record<CodeState, StatusBadgeProps>> = {
  available: { icon: IconCircleDashed, label: 'Available', tone: 'quiet' },
  reserved: { icon: IconHourglass, label: 'Reserved', tone: 'warn' },
  sent: { icon: IconSend, label: 'Sent', tone: 'info' },
  redeemed: { icon: IconCircleCheck, label: 'Redeemed', tone: 'good' },
};
