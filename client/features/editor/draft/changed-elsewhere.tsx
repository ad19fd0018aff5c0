import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDevices, IconUsers } from '@tabler/icons-react';
import type { Saver } from './saver.ts';

export interface ChangedElsewhereProps {
  saver: Saver;
  onReload: () => void;
}

/** Says who saved this draft elsewhere while nothing was unsaved here: what they did can be loaded without a loss. */
export function ChangedElsewhere({ saver: { mine, name }, onReload }: ChangedElsewhereProps) {
  const Icon = mine ? IconDevices : IconUsers;
  return (
    <Alert role="status" icon={<Icon size={18} />} radius={0} py="xs">
      <Group gap="sm">
        <Text size="sm" dir="auto">
          {mine
            ? 'You have changed this flow somewhere else: in another window, or on another device.'
            : `${name} has just changed this flow.`}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onReload}>
          {mine ? 'Load those changes' : 'Load their changes'}
        </Button>
      </Group>
    </Alert>
  );
}
