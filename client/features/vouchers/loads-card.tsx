import { Card, Group, Stack, Title } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CodesLoad } from '#shared/api/vouchers.ts';
import { stopLoad } from '../../lib/api/vouchers.ts';
import { loadsQuery, VOUCHERS_KEY } from '../../lib/queries/voucher-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { ConfirmButton } from '../../ui/confirm.tsx';
import { LoadProgress } from './load-progress.tsx';

/** What is being loaded into a pool, or made, whoever began it: how far it is, and the way to stop it. */
export function LoadsCard({ poolKey }: { poolKey: string }) {
  const { data: loads = [] } = useQuery(loadsQuery(poolKey));
  if (loads.length === 0) return null;
  return (
    <Card component="section" aria-label="Codes on their way">
      <Stack gap="lg">
        {loads.map((load) => (
          <OneLoad key={load.id} poolKey={poolKey} load={load} />
        ))}
      </Stack>
    </Card>
  );
}

function OneLoad({ poolKey, load }: { poolKey: string; load: CodesLoad }) {
  const may = useMay('publisher');
  const stop = useChange(() => stopLoad(poolKey, load.id), { touches: [VOUCHERS_KEY] });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h3">
          {load.made ? 'Codes are being made' : 'Codes are being loaded'}
        </Title>
        {may && (
          <ConfirmButton
            size="xs"
            leftSection={<IconPlayerStop size={14} />}
            loading={stop.isPending}
            question={{
              title: load.made ? 'Stop making codes?' : 'Stop loading codes?',
              children: 'None of these codes comes into the pool. What was in it before stays.',
              confirm: 'Stop, add none',
              onConfirm: () => stop.mutate(),
            }}
          >
            Stop
          </ConfirmButton>
        )}
      </Group>
      <LoadProgress load={load} />
    </Stack>
  );
}
