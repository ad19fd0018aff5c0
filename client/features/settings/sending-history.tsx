import { Stack, Text, Title } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { exactMoment } from '../../lib/format/moment.ts';
import { switchesQuery } from '../../lib/queries/settings-queries.ts';
import { useZone } from '../../lib/use-zone.ts';
import { StatusBadge } from '../../ui/badges/status-badge.tsx';

/** Who stopped all sending and started it again, and when. Nothing where nobody ever did. */
export function SendingHistory() {
  const { data } = useQuery(switchesQuery);
  const zone = useZone();
  if (!data || data.length === 0) return null;
  return (
    <Stack component="section" gap={4} mt="xl">
      <Title order={3}>Who stopped all sending</Title>
      {data.map(({ id, stopped, at, by, command }) => (
        <Text key={id} size="sm" component="div">
          <StatusBadge
            icon={stopped ? IconHandStop : IconPlayerPlay}
            label={stopped ? 'Stopped' : 'Started again'}
            tone={stopped ? 'warn' : 'good'}
          />{' '}
          by {command === null ? <bdi>{by ?? 'somebody who is gone'}</bdi> : <>the command “{command}”</>},{' '}
          {exactMoment(at, zone)}
        </Text>
      ))}
    </Stack>
  );
}
