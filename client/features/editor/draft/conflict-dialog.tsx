import { Button, Group, Modal, Text } from '@mantine/core';

export interface ConflictDialogProps {
  opened: boolean;
  /** Both are one's own: the other was saved in another window. */
  mine: boolean;
  busy: boolean;
  onReload: () => void;
  onKeepCopy: () => void;
}

/** Two people edited one draft: theirs is saved, yours need not be lost. */
export function ConflictDialog({ opened, mine, busy, onReload, onKeepCopy }: ConflictDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={mine ? 'You changed this flow in another window' : 'Somebody else changed this flow'}
    >
      <Text mb="lg">
        {mine ? 'It was saved there' : 'They saved'} while you were editing here, so your last changes are not
        saved. You can see {mine ? 'those of the other window' : 'theirs'}, or keep these as a flow of its own
        and compare.
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
