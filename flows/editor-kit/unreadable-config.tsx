import { Alert, Button, List } from '@mantine/core';
import type { Issue } from '../definition/issue.ts';
import { useSurroundings } from './surroundings.tsx';

/** Stands in for a form where the step's settings have another shape than this Textloom knows, as imports may. */
export function UnreadableConfig({ issues, onReset }: { issues: readonly Issue[]; onReset: () => void }) {
  const { readOnly } = useSurroundings();
  return (
    <Alert color="red" title="These settings can't be read">
      <List size="sm" mb="sm">
        {issues.map((issue) => (
          <List.Item key={`${issue.code} ${issue.place.path ?? ''}`}>
            {issue.message} {issue.place.path ? `(${issue.place.path})` : ''}
          </List.Item>
        ))}
      </List>
      {readOnly ? null : (
        <Button size="xs" variant="light" color="red" onClick={onReset}>
          Start this step's settings afresh
        </Button>
      )}
    </Alert>
  );
}
