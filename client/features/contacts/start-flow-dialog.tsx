import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#shared/api/contacts.ts';
import type { OrderResult } from '#shared/api/orders.ts';
import { startFlow } from '../../lib/api/orders.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { refusalWords } from '../../lib/order-words.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { MESSAGES_KEY } from '../../lib/queries/message-queries.ts';
import { RUNS_KEY } from '../../lib/queries/run-queries.ts';
import { sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FlowSelect } from '../../ui/flow-select.tsx';

/** Begins a live flow with somebody, and says what came of it. */
export function StartFlowDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { data: senders } = useQuery(sendersQuery);
  const [flowId, setFlowId] = useState<string | null>(null);
  const [sender, setSender] = useState<string | null>(null);
  const [refused, setRefused] = useState<OrderResult | null>(null);
  const name = contact.name ?? formatPhone(contact.phone);
  const start = useChange(
    (anew: boolean) =>
      startFlow(flowId ?? '', { phone: contact.phone, sender: sender ?? senders?.[0]?.address, anew }),
    {
      touches: [RUNS_KEY, MESSAGES_KEY, CONTACTS_KEY],
      onDone: (result) => {
        if (refusalWords(result) !== null) return setRefused(result);
        notifyDone(`The flow was started with ${name}.`);
        onClose();
      },
    },
  );
  return (
    <Dialog onClose={onClose} title={`Start a flow with ${name}`}>
      <Stack gap="sm">
        <FlowSelect
          value={flowId}
          onChange={(value) => {
            setFlowId(value);
            setRefused(null);
          }}
        />
        {senders && senders.length > 1 && (
          <Select
            label="From"
            allowDeselect={false}
            data={senders.map(({ address }) => ({ value: address, label: formatPhone(address) }))}
            value={sender ?? senders[0]?.address ?? null}
            onChange={setSender}
          />
        )}
        <Text size="sm" c="dimmed">
          They did not text first, so this is no reply: marketing goes out only if they joined its list.
        </Text>
        {refused && (
          <Alert color="yellow" role="alert">
            {refusalWords(refused)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {refused?.outcome === 'already' ? (
            <Button loading={start.isPending} onClick={() => start.mutate(true)}>
              End that and start anew
            </Button>
          ) : (
            <Button
              disabled={flowId === null || !senders}
              loading={start.isPending}
              onClick={() => start.mutate(false)}
            >
              Start flow
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}
