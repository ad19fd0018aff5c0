import { Alert, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Gateway } from '#shared/api/gateways.ts';
import { timeOf } from '../../lib/format/moment.ts';
import { gatewaysQuery, HEALTH_EVERY_MS } from '../../lib/queries/settings-queries.ts';
import { useZone } from '../../lib/use-zone.ts';
import { TextLink } from '../../ui/links.tsx';

/** The gateways through which no text goes now, each with why and what will come of it: nobody looks under Settings when all seems well. */
export function GatewayTroubles() {
  const { data } = useQuery({ ...gatewaysQuery, refetchInterval: HEALTH_EVERY_MS });
  const troubled = data?.filter(({ health }) => health.state !== 'working') ?? [];
  if (troubled.length === 0) return null;
  return (
    <Stack gap="xs" mb="md" role="status">
      {troubled.map((gateway) => (
        <Troubled key={gateway.id} gateway={gateway} />
      ))}
    </Stack>
  );
}

function Troubled({ gateway: { name, health } }: { gateway: Gateway }) {
  const zone = useZone();
  return (
    <Alert
      icon={<IconPlugConnectedX size={18} color="var(--tl-bad)" />}
      title={
        <>
          No text goes out through <bdi>{name}</bdi>
          {health.since !== null && ` since ${timeOf(health.since, zone)}`}
        </>
      }
    >
      {health.reason !== null && (
        <Text size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }} title={health.reason}>
          {health.reason}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {whatNext(health, zone)}{' '}
        <TextLink to="/settings/$tab" params={{ tab: 'gateways' }} inherit>
          Look at the gateway
        </TextLink>
      </Text>
    </Alert>
  );
}

/** What waits is kept, whatever the trouble is; who has to do something about it differs. */
function whatNext({ state, trouble, until }: Gateway['health'], zone: string): string {
  const next =
    state === 'trying' || until === null ? 'One text is tried now.' : `Next try at ${timeOf(until, zone)}.`;
  return trouble === 'refused'
    ? `Its texts wait until the account is mended. ${next}`
    : `Its texts wait, and go by themselves once it answers. ${next}`;
}
