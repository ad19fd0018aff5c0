import { Stack, Text } from '@mantine/core';
import type { Accepted } from '#shared/api/inbound.ts';
import { assertNever } from '#shared/assert-never.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { TextLink } from '../../ui/links.tsx';
import { TextBubble } from '../../ui/texts/text-bubble.tsx';

/** What came back to a test text. */
export function TestReplies({ said, accepted }: { said: string; accepted: Accepted }) {
  const { sendingStopped } = useSession().workspace;
  return (
    <Stack gap="xs" role="status">
      <TextBubble from="them" side="end" text={said} />
      {accepted.replies.map((reply, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: replies never change their order
        <TextBubble key={index} from="us" side="start" text={reply.text} />
      ))}
      <Text size="xs" c="dimmed">
        {wordsFor(accepted, sendingStopped)}{' '}
        <TextLink to="/messages" search={{ open: accepted.id }} size="xs">
          Why?
        </TextLink>
      </Text>
    </Stack>
  );
}

function wordsFor({ status, replies, reason }: Accepted, sendingStopped: boolean): string {
  switch (status) {
    case 'decided':
      if (replies.length === 0) return 'It was read, and nothing was sent back.';
      return sendingStopped ? 'That waits in the queue: all sending is stopped.' : 'That is what came back.';
    case 'pending':
      return 'It is stored and will be read in a moment.';
    case 'set-aside':
      return `It was set aside. ${reason ?? ''}`;
    default:
      return assertNever(status);
  }
}
