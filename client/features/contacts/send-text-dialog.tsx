import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Contact } from '#shared/api/contacts.ts';
import { type TextPurpose, textPurposeSchema } from '#shared/api/orders.ts';
import { segmentCount } from '#shared/sms/segments.ts';
import { rehearseText, sendText } from '../../lib/api/orders.ts';
import { formatPhone } from '#shared/sms/phone.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { refusalWords } from '../../lib/order-words.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { MESSAGES_KEY } from '../../lib/queries/message-queries.ts';
import { listsQuery, sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { Dialog } from '../../ui/dialog.tsx';

/** One text to one person: how long it is, and what the consent gate will say, before it goes. */
export function SendTextDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { data: senders } = useQuery(sendersQuery);
  const { data: lists } = useQuery(listsQuery);
  const [text, setText] = useState('');
  const [purpose, setPurpose] = useState<TextPurpose>('service');
  const [list, setList] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  // One text a dialog: a click that was not answered may be repeated.
  const [key] = useState(() => crypto.randomUUID());
  const name = contact.name ?? formatPhone(contact.phone);
  const sender = from ?? senders?.[0]?.address;
  const order = {
    phone: contact.phone,
    text: text.trim(),
    purpose,
    sender,
    ...(purpose === 'marketing' && list !== null ? { list } : {}),
  };
  const complete = order.text !== '' && sender !== undefined && (purpose !== 'marketing' || list !== null);
  const [settled] = useDebouncedValue(order, 300);
  const { data: rehearsed } = useQuery({
    queryKey: ['rehearsal', settled.purpose, list, settled.sender, contact.id],
    queryFn: () => rehearseText({ ...settled, text: settled.text || 'x' }),
    enabled: complete,
    placeholderData: keepPreviousData,
  });
  const refusal = complete && rehearsed ? refusalWords(rehearsed) : null;
  const send = useChange(() => sendText({ ...order, idempotencyKey: key }), {
    touches: [MESSAGES_KEY, CONTACTS_KEY],
    onDone: (result) => {
      const words = refusalWords(result);
      if (words !== null) return notifyError(new Error(words));
      notifyDone(`The text to ${name} is on its way.`);
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={`Text ${name}`}>
      <Stack gap="sm">
        <Textarea
          label="Text"
          autosize
          minRows={3}
          maxRows={10}
          maxLength={1_600}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          description={partsWords(order.text)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
        />
        <Select
          label="What it is for"
          allowDeselect={false}
          data={PURPOSES}
          value={purpose}
          onChange={(value) => setPurpose(textPurposeSchema.catch('service').parse(value))}
        />
        {purpose === 'marketing' && (
          <Select
            label="List"
            placeholder="What did they agree to?"
            data={(lists ?? []).map((one) => ({ value: one.key, label: one.name }))}
            value={list}
            onChange={setList}
          />
        )}
        {senders && senders.length > 1 && (
          <Select
            label="From"
            allowDeselect={false}
            data={senders.map(({ address }) => ({ value: address, label: formatPhone(address) }))}
            value={sender ?? null}
            onChange={setFrom}
          />
        )}
        <div role="status">
          {refusal !== null && <Alert color="yellow">{refusal}</Alert>}
          {complete && rehearsed && refusal === null && (
            <Text size="sm" c="dimmed">
              Consent allows it.
            </Text>
          )}
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={!complete || refusal !== null}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            Send text
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** "34 characters, 1 part". */
function partsWords(text: string): string {
  if (text === '') return 'A text of up to 160 plain characters is one part.';
  const parts = segmentCount(text);
  return `${[...text].length} characters, ${parts} ${parts === 1 ? 'part' : 'parts'}`;
}

const PURPOSES: readonly { value: TextPurpose; label: string }[] = [
  { value: 'service', label: 'Something they asked for (service)' },
  { value: 'marketing', label: 'Marketing, to a list they joined' },
  { value: 'code', label: 'A one-time code' },
  { value: 'legal', label: 'Required by law' },
];
