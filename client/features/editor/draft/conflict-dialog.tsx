import { Button, Group, Modal, Text } from '@mantine/core';
import type { Saver } from './saver.ts';

export interface ConflictDialogProps {
  opened: boolean;
  saver: Saver;
  busy: boolean;
  onReload: () => void;
  onKeepCopy: () => void;
}

/** One draft was edited in two places: what was saved there is saved, what was drawn here need not be lost. */
export function ConflictDialog({ opened, saver, busy, onReload, onKeepCopy }: ConflictDialogProps) {
  const { mine, name } = saver;
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={mine ? 'You changed this flow somewhere else' : `${name} changed this flow`}
    >
      <Text mb="lg">
        {mine ? 'It was saved in another window, or on another device,' : 'They saved it'} while you were
        editing here, so your last changes are not saved. You can see {mine ? 'those from there' : 'theirs'},
        or keep these as a flow of its own and compare.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" disabled={busy} onClick={onReload}>
          {mine ? 'Drop these and load those' : 'Drop mine and load theirs'}
        </Button>
        <Button loading={busy} onClick={onKeepCopy}>
          {mine ? 'Keep these as a copy' : 'Keep mine as a copy'}
        </Button>
      </Group>
    </Modal>
  );
}
