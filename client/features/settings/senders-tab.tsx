import { Text } from '@mantine/core';
import { IconAlertTriangle, IconDeviceMobileMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Sender } from '#shared/api/senders.ts';
import { sendersQuery } from '../../lib/queries/settings-queries.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { useMay } from '../../lib/use-may.ts';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { StatusBadge } from '../../ui/badges/status-badge.tsx';
import { countryName } from '../../lib/countries.ts';
import { RowButton } from './row-button.tsx';
import { SenderDialog } from './sender-dialog.tsx';
import { SENDER_KINDS } from './sender-kinds.ts';
import { SettingsList } from './settings-list.tsx';

/** The numbers and names people see. */
export function SendersTab() {
  const query = useQuery(sendersQuery);
  const mayEdit = useMay('owner');
  return (
    <SettingsList<Sender>
      title="Senders"
      what="sender"
      wordsOf={wordsOf}
      description="The numbers and names people text, and get texts from."
      query={query}
      rowKey={({ id }) => id}
      add={mayEdit && 'Add sender'}
      empty={{
        icon: IconDeviceMobileMessage,
        title: 'No sender yet',
        children:
          'A sender is the number on your poster. Hang one on a simulated gateway to try everything out for free.',
      }}
      columns={(edit) => [
        {
          key: 'address',
          header: 'Sender',
          sortBy: ({ address }) => address,
          cell: (sender) => (
            <RowButton allowed={mayEdit} onClick={() => edit(sender)}>
              <PhoneNumber phone={sender.address} />
            </RowButton>
          ),
        },
        {
          key: 'kind',
          header: 'Kind',
          width: 126,
          sortBy: ({ kind }) => kind,
          cell: ({ kind, country }) => (
            <>
              {SENDER_KINDS[kind].label}
              <Text size="xs" c="dimmed">
                {countryName(country)}
              </Text>
            </>
          ),
        },
        {
          key: 'today',
          header: 'Today',
          width: 110,
          cell: ({ sentToday, mostADay }) =>
            sentToday === null || mostADay === null ? (
              <Text size="sm" c="dimmed">
                No ceiling
              </Text>
            ) : (
              <>
                <span className="tabular">
                  {wholeNumber(sentToday)} of {wholeNumber(mostADay)}
                </span>
                {sentToday >= mostADay && (
                  <StatusBadge icon={IconAlertTriangle} label="Ceiling reached" tone="warn" />
                )}
              </>
            ),
        },
        {
          key: 'program',
          header: 'Program',
          width: 140,
          cell: ({ program }) => <bdi>{program.name}</bdi>,
        },
        {
          key: 'gateway',
          header: 'Gateway',
          width: 146,
          cell: ({ gateway }) => (
            <>
              <bdi>{gateway.name}</bdi>
              {gateway.kind === 'simulated' && (
                <Text size="xs" c="dimmed">
                  simulated
                </Text>
              )}
            </>
          ),
        },
      ]}
      dialog={({ row, close }) => <SenderDialog sender={row} onClose={close} />}
    />
  );
}

const wordsOf = ({ address, program, gateway }: Sender): string =>
  `${address} ${program.name} ${gateway.name}`;
