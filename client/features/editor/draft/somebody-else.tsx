import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';

/** Says that somebody else saved this draft while nothing of one's own was unsaved: theirs can be loaded without a loss. */
export function SomebodyElse({ onReload }: { onReload: () => void }) {
  return (
    <Alert role="status" icon={<IconUsers size={18} />} radius={0} py="xs">
      <Group gap="sm">
        <Text size="sm">Somebody else has just changed this flow.</Text>
        <Button size="compact-sm" variant="default" onClick={onReload}>
          Load their changes
        </Button>
      </Group>
    </Alert>
  );
}
