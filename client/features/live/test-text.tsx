import { Button, Code, Select, SimpleGrid, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { Gateway } from '#shared/api/gateways.ts';
import type { Sender } from '#shared/api/senders.ts';
import { sendTestText } from '../../lib/api/test-text.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { MESSAGES_KEY } from '../../lib/queries/message-queries.ts';
import { gatewaysQuery, keywordsQuery, sendersQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextLink } from '../../ui/links.tsx';
import { curlLine } from './curl-line.ts';
import { TestReplies } from './test-replies.tsx';

/** A text to one of the senders that hang on a simulated gateway; the same as a line for the command line. */
export function TestText() {
  const gateways = useQuery(gatewaysQuery);
  const senders = useQuery(sendersQuery);
  const keywords = useQuery(keywordsQuery);
  const error = gateways.error ?? senders.error ?? keywords.error;
  if (error) return <ErrorNote error={error} />;
  if (!gateways.data || !senders.data || !keywords.data) return <Skeleton height={200} />;
  const ways = senders.data.flatMap((sender) => {
    const gateway = gateways.data.find(({ id, kind }) => id === sender.gateway.id && kind === 'simulated');
    return gateway ? [{ sender, gateway }] : [];
  });
  const [first] = ways;
  if (!first) {
    return (
      <Text c="dimmed">
        Test texts go to a sender on a simulated gateway, and there is none yet. Add one under{' '}
        <TextLink to="/settings/$tab" params={{ tab: 'senders' }} inherit>
          Settings, Senders
        </TextLink>
        .
      </Text>
    );
  }
  return <TestTextForm ways={ways} first={first} word={keywords.data[0]?.word ?? 'HELLO'} />;
}

interface Way {
  sender: Sender;
  gateway: Gateway;
}

const schema = z.object({
  from: z.string().trim().min(3, 'Write a phone number with its country code.'),
  to: z.string(),
  text: z.string(),
});

function TestTextForm({ ways, first, word }: { ways: readonly Way[]; first: Way; word: string }) {
  const form = useForm({
    initialValues: { from: numberFor(first.sender), to: first.sender.address, text: word },
    validate: schemaResolver(schema, { sync: true }),
  });
  const way = ways.find(({ sender }) => sender.address === form.values.to) ?? first;
  const sent = useChange((text: typeof form.values) => sendTestText(way.gateway.inboundPath, text), {
    touches: [MESSAGES_KEY, CONTACTS_KEY],
  });
  return (
    <form onSubmit={form.onSubmit((values) => sent.mutate(values))}>
      <Stack gap="sm">
        <SimpleGrid cols={2} spacing="sm">
          <TextInput label="From (any number)" type="tel" {...form.getInputProps('from')} />
          <Select
            label="To"
            allowDeselect={false}
            data={ways.map(({ sender }) => sender.address)}
            {...form.getInputProps('to')}
          />
        </SimpleGrid>
        <TextInput label="Text" dir="auto" data-autofocus {...form.getInputProps('text')} />
        <Button type="submit" loading={sent.isPending}>
          Send text
        </Button>
        {sent.data && <TestReplies said={sent.variables.text} accepted={sent.data} />}
        <Text size="sm" c="dimmed">
          The same from a command line:
        </Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {curlLine(`${window.location.origin}${way.gateway.inboundPath}`, form.values)}
        </Code>
      </Stack>
    </form>
  );
}

/** A number that was set aside for trying things out and reaches nobody. */
const numberFor = ({ country }: Sender): string =>
  country === 'US' || country === 'CA' ? '+12025550123' : '+447700900123';
