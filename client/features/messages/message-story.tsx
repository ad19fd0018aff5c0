import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { MessageDetail } from '#shared/api/messages.ts';
import { replayMessage } from '../../lib/api/messages.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { MESSAGES_KEY } from '../../lib/queries/message-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { useMay } from '../../lib/use-may.ts';
import { TextLink } from '../../ui/links.tsx';
import { MessageStatusBadge } from '../../ui/badges/message-status-badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';
import { DeliveryReports } from './delivery-reports.tsx';
import { Explanation } from './explanation.tsx';
import { MessageFacts } from './message-facts.tsx';

/** All there is to say about one message: the text, what became of it, and why. */
export function MessageStory({ message }: { message: MessageDetail }) {
  const inbound = message.direction === 'in';
  return (
    <Stack gap="lg">
      <TextBubble
        from={inbound ? 'them' : 'us'}
        side={inbound ? 'start' : 'end'}
        text={message.text}
        erased={message.erased}
        note={
          <>
            <RelativeTime at={message.at} />
            <MessageStatusBadge message={message} />
          </>
        }
      />
      {message.reason !== null && <Reason message={message} reason={message.reason} />}
      <DeliveryReports receipts={message.receipts} />
      {message.explanation && <Explanation explanation={message.explanation} />}
      {message.status === 'pending' && (
        <Text c="dimmed">It is stored and will be read in a moment, in the order it came.</Text>
      )}
      {message.causeId !== null && (
        <Text>
          In answer to{' '}
          <TextLink
            from="/messages"
            to="."
            search={(now) => ({ ...now, open: message.causeId ?? undefined })}
            inherit
          >
            this text
          </TextLink>
          .
        </Text>
      )}
      <section>
        <Title order={3} mb="xs">
          Details
        </Title>
        <MessageFacts message={message} />
      </section>
    </Stack>
  );
}

function Reason({ message, reason }: { message: MessageDetail; reason: string }) {
  const mayReplay = useMay('agent');
  const unsent = message.status === 'failed' || message.status === 'expired';
  const again = unsent ? 'Send it again' : message.status === 'set-aside' ? 'Read it again' : null;
  const replay = useChange(() => replayMessage(message.id), {
    touches: [MESSAGES_KEY],
    onDone: () => notifyDone(unsent ? 'The text is in the queue again.' : 'The text will be read again.'),
  });
  return (
    <Alert icon={<IconAlertTriangle size={18} color="var(--tl-warn)" />} title={reason}>
      {again !== null && mayReplay && (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {again}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
