import { Button, Group, Modal, Text } from '@mantine/core';

export interface ConflictDialogProps {
  opened: boolean;
  busy: boolean;
  onReload: () => void;
  onKeepCopy: () => void;
}

/** Two people edited one draft: theirs is saved, yours need not be lost. */
export function ConflictDialog({ opened, busy, onReload, onKeepCopy }: ConflictDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title="Somebody else changed this flow"
    >
      <Text mb="lg">
        They saved while you were editing, so your last changes are not saved. You can see theirs, or keep
        yours as a flow of its own and compare.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" disabled={busy} onClick={onReload}>
          Drop mine and load theirs
        </Button>
        <Button loading={busy} onClick={onKeepCopy}>
          Keep mine as a copy
        </Button>
      </Group>
    </Modal>
  );
}
