import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';

export interface SomebodyElseProps {
  /** It was saved in another window of the same browser. */
  mine: boolean;
  onReload: () => void;
}

/** Says that somebody else saved this draft, or another window did, while nothing was unsaved here: theirs can be loaded without a loss. */
export function SomebodyElse({ mine, onReload }: SomebodyElseProps) {
  return (
    <Alert role="status" icon={<IconUsers size={18} />} radius={0} py="xs">
      <Group gap="sm">
        <Text size="sm">
          {mine
            ? 'You have changed this flow in another window of yours.'
            : 'Somebody else has just changed this flow.'}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onReload}>
          {mine ? 'Load those changes' : 'Load their changes'}
        </Button>
      </Group>
    </Alert>
  );
}
