import { Text } from '@mantine/core';
import { IconHeartbeat, IconKeyOff, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import type { Gateway } from '#shared/api/gateways.ts';
import { exactMoment, relativeMoment, timeOf } from '../../lib/format/moment.ts';
import { useNow } from '../../lib/use-now.ts';
import { useZone } from '../../lib/use-zone.ts';
import { StatusBadge, type StatusBadgeProps } from '../../ui/badges/status-badge.tsx';

/** Whether texts get through a gateway, and where they do not, since when, why, and until when it is left alone. */
export function GatewayHealth({ health: { state, trouble, since, until, reason } }: Pick<Gateway, 'health'>) {
  const zone = useZone();
  const now = useNow();
  return (
    <>
      <StatusBadge {...(trouble === 'refused' ? REFUSED : STATES[state])} />
      {since !== null && (
        <Text size="xs" c="dimmed" title={exactMoment(since, zone)}>
          Texts have waited since {sinceWhen(since, now, zone)}
        </Text>
      )}
      {state === 'resting' && until !== null && (
        <Text size="xs" c="dimmed">
          {trouble === 'refused' ? RETRY_REFUSED : 'Next try'} at {timeOf(until, zone)}
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

const DAY_MS = 24 * 3_600_000;

/** "14:03", and of what began longer ago the day. */
const sinceWhen = (since: string, now: number, zone: string): string =>
  now - Date.parse(since) < DAY_MS ? timeOf(since, zone) : relativeMoment(since, now, zone);
