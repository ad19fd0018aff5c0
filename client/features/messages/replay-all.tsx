import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Replay, Replayed } from '#shared/api/messages.ts';
import { replayMessages } from '../../lib/api/messages.ts';
import { counted } from '../../lib/format/number.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { MESSAGES_KEY } from '../../lib/queries/message-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { askFirst } from '../../ui/confirm.tsx';
import type { MessageFilter } from './message-filters.tsx';

/** Tries everything again that the list shows, where its status is one that can be tried again. */
export function ReplayAll({ filter }: { filter: MessageFilter & { search?: string } }) {
  const replay = useChange(replayMessages, {
    touches: [MESSAGES_KEY],
    onDone: (done) => notifyDone(wordsFor(done)),
  });
  const asked = replayOf(filter);
  if (!asked) return null;
  const inbound = asked.status === 'set-aside';
  const verb = inbound ? 'Read all again' : 'Send all again';
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={replay.isPending}
      onClick={() =>
        askFirst({
          title: `${verb}?`,
          children: inbound
            ? 'Every text in this list is decided as if it came now, and may be answered.'
            : 'Every text in this list goes into the queue again. People who said STOP since get nothing.',
          confirm: verb,
          danger: false,
          onConfirm: () => replay.mutate(asked),
        })
      }
    >
      {verb}
    </Button>
  );
}

function replayOf({ status, search, flow }: MessageFilter & { search?: string }): Replay | null {
  if (status !== 'set-aside' && status !== 'failed' && status !== 'expired') return null;
  return { status, ...(search && { search }), ...(flow && { flow }) };
}

function wordsFor({ replayed, left, more }: Replayed): string {
  const kept = left > 0 ? ` ${counted(left, 'text')} could not be tried again.` : '';
  return `${counted(replayed, 'text')} will be tried again.${kept}${more ? ' There are more: do it once again.' : ''}`;
}
