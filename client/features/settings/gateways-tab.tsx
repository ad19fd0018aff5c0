import { Text } from '@mantine/core';
import { IconCheck, IconLockOpen, IconPlug } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Gateway } from '#shared/api/gateways.ts';
import { gatewaysQuery, HEALTH_EVERY_MS } from '../../lib/queries/settings-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { StatusBadge } from '../../ui/badges/status-badge.tsx';
import { GatewayDialog } from './gateway-dialog.tsx';
import { GATEWAY_KINDS } from './gateway-kinds.ts';
import { GatewayHealth } from './gateway-health.tsx';
import { RowButton } from './row-button.tsx';
import { SettingsList } from './settings-list.tsx';

/** The accounts at carriers through which texts come and go. */
export function GatewaysTab() {
  const query = useQuery({ ...gatewaysQuery, refetchInterval: HEALTH_EVERY_MS });
  const mayEdit = useMay('owner');
  return (
    <SettingsList<Gateway>
      title="Gateways"
      what="gateway"
      wordsOf={wordsOf}
      description="The accounts at carriers and aggregators through which texts come and go. A simulated one reaches nobody and costs nothing."
      query={query}
      rowKey={({ id }) => id}
      add={mayEdit && 'Add gateway'}
      empty={{
        icon: IconPlug,
        title: 'No gateway yet',
        children:
          'Add a simulated gateway to try flows with texts from the command line, or connect a real one by HTTP.',
      }}
      columns={(edit) => [
        {
          key: 'name',
          header: 'Gateway',
          sortBy: ({ name }) => name,
          cell: (gateway) => (
            <RowButton allowed={mayEdit} onClick={() => edit(gateway)}>
              {gateway.name}
            </RowButton>
          ),
        },
        {
          key: 'kind',
          header: 'Kind',
          sortBy: ({ kind }) => kind,
          cell: ({ kind }) => GATEWAY_KINDS[kind].label,
        },
        {
          key: 'out',
          header: 'Sends to',
          cell: ({ sendUrl }) => (
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {sendUrl ?? 'Nobody'}
            </Text>
          ),
        },
        {
          key: 'health',
          header: 'State',
          width: 240,
          cell: ({ health }) => <GatewayHealth health={health} />,
        },
        {
          key: 'signed',
          header: 'Signature',
          width: 140,
          cell: ({ signed }) =>
            signed ? (
              <StatusBadge icon={IconCheck} label="Signed" tone="good" />
            ) : (
              <StatusBadge icon={IconLockOpen} label="Not signed" tone="quiet" />
            ),
        },
      ]}
      dialog={({ row, close }) => <GatewayDialog gateway={row} onClose={close} />}
    />
  );
}

const wordsOf = ({ name, sendUrl }: Gateway): string => `${name} ${sendUrl ?? ''}`;
