import { Text } from '@mantine/core';
import { IconHeartbeat, IconKeyOff, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import type { Gateway } from '#shared/api/gateways.ts';
import { timeOf } from '../../lib/format/moment.ts';
import { useZone } from '../../lib/use-zone.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusBadge, type StatusBadgeProps } from '../../ui/status-badge.tsx';

/** Whether texts get through a gateway, and where they do not, since when, why, and until when it is left alone. */
export function GatewayHealth({ health: { state, trouble, since, until, reason } }: Pick<Gateway, 'health'>) {
  const zone = useZone();
  return (
    <>
      <StatusBadge {...(trouble === 'refused' ? REFUSED : STATES[state])} />
      {since !== null && (
        <Text size="xs" c="dimmed">
          Texts wait, trouble began <RelativeTime at={since} />
        </Text>
      )}
      {state === 'resting' && until !== null && (
        <Text size="xs" c="dimmed">
          {trouble === 'refused' ? RETRY_REFUSED : 'Tried again'} at {timeOf(until, zone)}
        </Text>
      )}
      {reason !== null && (
        <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }} title={reason}>
          {reason}
        </Text>
      )}
    </>
  );
}

const STATES: Record<Gateway['health']['state'], StatusBadgeProps> = {
  working: { icon: IconHeartbeat, label: 'Working', tone: 'good' },
  resting: { icon: IconPlayerPause, label: 'Left alone', tone: 'bad' },
  trying: { icon: IconRefresh, label: 'Trying one text', tone: 'warn' },
};
const REFUSED: StatusBadgeProps = { icon: IconKeyOff, label: 'Account refused', tone: 'bad' };
const RETRY_REFUSED = 'Tried when it is saved, or';
