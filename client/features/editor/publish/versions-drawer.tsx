import { Badge, Button, Drawer, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Version } from '#shared/api/flows.ts';
import { versionsQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { MoveButton } from '../moves/move-button.tsx';
import { MovesList } from '../moves/moves-list.tsx';
import { CertificateView } from './certificate-view.tsx';
import { VersionDoubts } from './version-doubts.tsx';
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
          .map((version) => (
            <li key={version.id} className={classes.version}>
              <VersionEntry version={version} flowId={flowId} live={live} onLook={onLook} />
            </li>
          ))}
      </Stack>
      {opened && <MovesList flowId={flowId} />}
    </Drawer>
  );
}

interface VersionEntryProps {
  version: Version;
  flowId: string;
  live: number | null;
  onLook: (number: number) => void;
}

function VersionEntry({ version, flowId, live, onLook }: VersionEntryProps) {
  const [proved, setProved] = useState(false);
  const { number, note, publishedAt, publishedBy } = version;
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <Text fw={600}>Version {number}</Text>
          {number === live ? (
            <Badge variant="light" tt="none">
              Newest
            </Badge>
          ) : null}
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
      <VersionDoubts version={version} />
      {live !== null && number < live ? <MoveButton flowId={flowId} from={number} to={live} /> : null}
      <details className={classes.details} onToggle={(event) => setProved(event.currentTarget.open)}>
        <summary>What was proved</summary>
        {proved ? <CertificateView flowId={flowId} number={number} /> : null}
      </details>
    </>
  );
}
