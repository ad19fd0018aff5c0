import type { Message } from '#shared/api/messages.ts';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconClockX,
  IconHourglass,
  IconInbox,
  IconMessageOff,
  IconSend,
} from '@tabler/icons-react';
import { StatusBadge, type StatusBadgeProps } from './status-badge.tsx';

/** How far a text has come. */
export function MessageStatusBadge({ message }: { message: Pick<Message, 'status' | 'unmatched'> }) {
  return <StatusBadge {...statusOf(message)} />;
}

/** What to say of a text's status. */
export const statusOf = ({ status, unmatched }: Pick<Message, 'status' | 'unmatched'>): StatusBadgeProps =>
  unmatched ? UNMATCHED : MESSAGE_STATUSES[status];

/** Of a text that nothing was there for. */
export const UNMATCHED: StatusBadgeProps = { icon: IconMessageOff, label: 'No answer', tone: 'quiet' };

/** Every status in words, for badges and filters. */
export const MESSAGE_STATUSES: Record<Message['status'], StatusBadgeProps> = {
  decided: { icon: IconCheck, label: 'Handled', tone: 'good' },
  pending: { icon: IconHourglass, label: 'Waiting to be read', tone: 'info' },
  'set-aside': { icon: IconInbox, label: 'Set aside', tone: 'warn' },
  queued: { icon: IconClock, label: 'Queued', tone: 'info' },
  sent: { icon: IconSend, label: 'Sent', tone: 'good' },
  delivered: { icon: IconChecks, label: 'Delivered', tone: 'good' },
  failed: { icon: IconAlertTriangle, label: 'Failed', tone: 'bad' },
  expired: { icon: IconClockX, label: 'Too late', tone: 'warn' },
  cancelled: { icon: IconBan, label: 'Cancelled', tone: 'quiet' },
};
