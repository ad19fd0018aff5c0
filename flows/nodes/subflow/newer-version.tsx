import { Alert, Button, List, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSurroundings } from '../../editor-kit/surroundings.tsx';

/** A published version of a flow, by its number. */
export interface FlowVersion {
  id: string;
  name: string;
  version: number;
}

export interface NewerVersionProps {
  /** The number of the version that the step holds, and its definition. */
  pinned: number;
  definition: unknown;
  newest: FlowVersion;
  loading: boolean;
  onTake: () => void;
}

/** More would not be read. */
const SHOWN = 6;

/** Tells that the flow inside has a newer version and what is different there, and takes it. */
export function NewerVersion({ pinned, definition, newest, loading, onTake }: NewerVersionProps) {
  const { loadVersion, changesBetween, readOnly } = useSurroundings();
  const [news, setNews] = useState<{ note: string | null; changes: readonly string[] } | null>(null);
  const { id, version } = newest;
  useEffect(() => {
    let isShown = true;
    loadVersion(id, version)
      .then((read) => {
        if (isShown) setNews({ note: read.note, changes: changesBetween(definition, read.definition) });
      })
      // Without its changes a version can be taken all the same; taking it says what is wrong.
      .catch(() => {});
    return () => {
      isShown = false;
    };
  }, [id, version, definition, loadVersion, changesBetween]);
  const more = (news?.changes.length ?? 0) - SHOWN;
  return (
    <Alert p="xs" title={`Version ${version} is out`}>
      <Text size="sm">This step stays with version {pinned} until you take the newer one.</Text>
      {news?.note ? (
        <Text size="sm" mt={4} fs="italic" dir="auto">
          {news.note}
        </Text>
      ) : null}
      {news && news.changes.length > 0 ? (
        <List size="sm" mt={4}>
          {news.changes.slice(0, SHOWN).map((change) => (
            <List.Item key={change} dir="auto">
              {change}
            </List.Item>
          ))}
          {more > 0 ? <List.Item>and {more} more</List.Item> : null}
        </List>
      ) : null}
      {readOnly ? null : (
        <Button mt="xs" size="compact-sm" variant="default" loading={loading} onClick={onTake}>
          Take version {version}
        </Button>
      )}
    </Alert>
  );
}
