import { Button, Group, List, Text, VisuallyHidden } from '@mantine/core';
import { IconDownload, IconFileBroken } from '@tabler/icons-react';
import type { Issue } from '#flows/definition/issue.ts';
import { downloadJson } from '../../lib/download.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page/page.tsx';

/** Instead of a blank canvas: why a stored flow can't be drawn, and its JSON to mend. */
export function UnreadableFlow({
  name,
  issues,
  definition,
}: {
  name: string;
  issues: readonly Issue[];
  definition: unknown;
}) {
  return (
    <Page>
      <VisuallyHidden component="h1">{name}</VisuallyHidden>
      <EmptyState
        icon={IconFileBroken}
        title={`“${name}” can't be drawn`}
        action={
          <Group>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => downloadJson(definition, `${name}.json`)}
            >
              Download its JSON
            </Button>
          </Group>
        }
      >
        <Text mb="xs">
          Nothing is lost: a published version goes on answering people. Mend the JSON and import it into a
          new flow.
        </Text>
        <List size="sm" ta="start">
          {issues.map((issue) => (
            <List.Item key={`${issue.code} ${issue.place.path}`}>
              {issue.message} {issue.place.path ? `(${issue.place.path})` : ''}
            </List.Item>
          ))}
        </List>
      </EmptyState>
    </Page>
  );
}
