import { Badge, Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { versionsQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import classes from './versions-drawer.module.css';

export interface VersionsDrawerProps {
  flowId: string;
  opened: boolean;
  /** The version that answers people now. */
  live: number | null;
  onLook: (number: number) => void;
  onClose: () => void;
}

/** Every version that was ever published, newest first, to look at. */
export function VersionsDrawer({ flowId, opened, live, onLook, onClose }: VersionsDrawerProps) {
  const { data, error, refetch } = useQuery({ ...versionsQuery(flowId), enabled: opened });
  return (
    <Drawer opened={opened} onClose={onClose} title="Versions">
      {error ? <ErrorNote error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loader /> : null}
      {data?.length === 0 ? (
        <Text c="dimmed">
          Nothing was published yet. Each time you publish, a version is kept here for good.
        </Text>
      ) : null}
      <Stack gap={0} component="ol" className={classes.list}>
        {data
          ?.toSorted((a, b) => b.number - a.number)
          .map(({ id, number, note, publishedAt, publishedBy }) => (
            <li key={id} className={classes.version}>
              <Group justify="space-between" wrap="nowrap">
                <Group gap="xs">
                  <Text fw={600}>Version {number}</Text>
                  {number === live ? <Badge variant="light">Newest</Badge> : null}
                </Group>
                <Button size="compact-sm" variant="default" onClick={() => onLook(number)}>
                  Look at it
                </Button>
              </Group>
              {note ? (
                <Text size="sm" dir="auto">
                  {note}
                </Text>
              ) : null}
              <Text size="sm" c="dimmed">
                <RelativeTime at={publishedAt} />
                {publishedBy ? ` by ${publishedBy}` : ''}
              </Text>
            </li>
          ))}
      </Stack>
    </Drawer>
  );
}
