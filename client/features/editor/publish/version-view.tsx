import { Button, Center, Loader, Popover, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@xyflow/react';
import { useMemo } from 'react';
import type { SavedConversation } from '#shared/api/conversations.ts';
import { parse } from '#flows/definition/parse.ts';
import type { Definition } from '#flows/definition/schema.ts';
import { versionQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { counted } from '../../../lib/format/number.ts';
import { ReadonlyCanvas } from '../canvas/readonly-canvas.tsx';
import { useEditorState } from '../store/use-editor.ts';
import { ChangeList } from './change-list.tsx';
import { changesBetween } from './changes.ts';
import classes from './version-view.module.css';

export interface VersionViewProps {
  flowId: string;
  number: number;
  mayEdit: boolean;
  onRestore: (definition: Definition, conversations: SavedConversation[]) => void;
  onBack: () => void;
}

/** A published version to look at, and the way to take it back into the draft. */
export function VersionView({ flowId, number, mayEdit, onRestore, onBack }: VersionViewProps) {
  const { data, error, refetch } = useQuery(versionQuery(flowId, number));
  const parsed = useMemo(() => data && parse(data.definition), [data]);
  if (error) {
    return (
      <Stack p="lg" align="start">
        <ErrorNote error={error} onRetry={() => void refetch()} />
        <Button variant="default" onClick={onBack}>
          Back to the draft
        </Button>
      </Stack>
    );
  }
  if (!data || !parsed) {
    return (
      <Center h="100%" role="status">
        <VisuallyHidden>Loading the version</VisuallyHidden>
        <Loader />
      </Center>
    );
  }
  const { definition, issues } = parsed;
  if (definition === null)
    return <Text p="lg">This version can't be drawn: {issues.map(({ message }) => message).join(' ')}</Text>;
  return (
    <ReadonlyCanvas definition={definition}>
      <Panel position="top-center" className={classes.banner}>
        <Text size="sm">
          Version {number}, published <RelativeTime at={data.publishedAt} />. Only to look at.
        </Text>
        <DraftSince definition={definition} />
        <Button size="compact-sm" variant="default" onClick={onBack}>
          Back to the draft
        </Button>
        {mayEdit ? (
          <Button size="compact-sm" onClick={() => onRestore(definition, data.conversations)}>
            Restore into the draft
          </Button>
        ) : null}
      </Panel>
    </ReadonlyCanvas>
  );
}

/** What the draft has become since this version, which is what restoring takes back. */
function DraftSince({ definition }: { definition: Definition }) {
  const draft = useEditorState((state) => state.definition);
  const changes = changesBetween(definition, draft);
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        The draft is the same.
      </Text>
    );
  return (
    <Popover width={420} position="bottom" withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default">
          {counted(changes.length, 'change')} since
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} mb={4}>
          In the draft
        </Text>
        <ChangeList changes={changes} />
      </Popover.Dropdown>
    </Popover>
  );
}
