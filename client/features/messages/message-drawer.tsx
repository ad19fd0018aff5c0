import { Drawer, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messageQuery } from '../../lib/queries/message-queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { MessageStory } from './message-story.tsx';

/** One message beside the list. `id` undefined closes it. */
export function MessageDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} size={520} title="Why did this text do that?">
      {id !== undefined && <Story id={id} />}
    </Drawer>
  );
}

function Story({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(messageQuery(id));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (data) return <MessageStory message={data} />;
  return (
    <Stack>
      <Skeleton height={48} width="70%" />
      <Skeleton height={16} />
      <Skeleton height={16} />
    </Stack>
  );
}
