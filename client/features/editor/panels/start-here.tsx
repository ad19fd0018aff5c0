import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileImport, IconLayoutGrid, IconMessage2Bolt } from '@tabler/icons-react';
import classes from './start-here.module.css';

export interface StartHereProps {
  onTemplate: () => void;
  onKeyword: () => void;
  onImport: () => void;
}

/** What a canvas says that has nothing but what starts the flow. */
export function FirstStep() {
  return (
    <div className={classes.start} data-low>
      <Text c="dimmed" maw={320}>
        Nothing happens then yet. Drag a first step from the left, or a line out of “Starts with”.
      </Text>
    </div>
  );
}

/** What an empty canvas says: one sentence, three ways to begin. */
export function StartHere({ onTemplate, onKeyword, onImport }: StartHereProps) {
  return (
    <div className={classes.start}>
      <Title order={2}>Draw what happens when somebody texts you</Title>
      <Text c="dimmed" mb="md">
        Drag a step from the left, or begin with one of these.
      </Text>
      <Group justify="center" gap="sm">
        <Button variant="default" leftSection={<IconLayoutGrid size={16} />} onClick={onTemplate}>
          Start from a template
        </Button>
        <Button leftSection={<IconMessage2Bolt size={16} />} onClick={onKeyword}>
          Start with a keyword
        </Button>
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={onImport}>
          Import a file
        </Button>
      </Group>
    </div>
  );
}
