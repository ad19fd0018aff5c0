import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileImport, IconLayoutGrid, IconMessage2Bolt } from '@tabler/icons-react';
import { usePhoneOpen } from '../../../lib/rehearsal/use-phone-open.ts';
import classes from './start-here.module.css';

export interface StartHereProps {
  onTemplate: () => void;
  onKeyword: () => void;
  onImport: () => void;
}

/** What a canvas says that has nothing but what starts the flow. */
export function FirstStep() {
  const [phone] = usePhoneOpen();
  return (
    <div className={classes.start} data-low data-beside={phone || undefined}>
      <Text c="dimmed" maw={320}>
        Nothing happens then yet. Drag a first step from the left, or a line out of “Starts with”.
      </Text>
    </div>
  );
}

/** What an empty canvas says: one sentence, three ways to begin. */
export function StartHere({ onTemplate, onKeyword, onImport }: StartHereProps) {
  const [phone] = usePhoneOpen();
  return (
    <div className={classes.start} data-beside={phone || undefined}>
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
