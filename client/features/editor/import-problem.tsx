import { List, Modal, Text } from '@mantine/core';
import type { Issue } from '#flows/definition/issue.ts';

/** Why a file could not be imported; what was drawn stays as it is. */
export function ImportProblem({ issues, onClose }: { issues: readonly Issue[]; onClose: () => void }) {
  return (
    <Modal opened={issues.length > 0} onClose={onClose} title="This file can't be imported">
      <Text mb="sm">Your drawing is as it was. The file has these problems:</Text>
      <List size="sm">
        {issues.slice(0, 20).map((issue) => (
          <List.Item key={`${issue.place.path} ${issue.message}`}>
            {issue.message} {issue.place.path ? `(${issue.place.path})` : ''}
          </List.Item>
        ))}
      </List>
    </Modal>
  );
}
