import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { sentenceOf } from './api/api-error.ts';

const UNDO_TIME = 10_000;

/** Says that something was done; with `undo`, offers for ten seconds to take it back. */
export function notifyDone(message: string, undo?: () => void): void {
  if (!undo) {
    notifications.show({ message, color: 'teal' });
    return;
  }
  const id = notifications.show({
    color: 'teal',
    autoClose: UNDO_TIME,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Says what was left out of what was done; it stays until somebody has read it. */
export function notifyLeftOut(message: string): void {
  notifications.show({ message, color: 'yellow', autoClose: false });
}

/** Passes on what a flow tells the team. */
export function notifyNotice(text: string): void {
  notifications.show({ title: 'From a flow', message: text, color: 'indigo', autoClose: 15_000 });
}

/** Says what was refused, in the server's words. */
export function notifyError(error: unknown): void {
  notifications.show({
    title: 'That did not work',
    message: sentenceOf(error),
    color: 'red',
    autoClose: 10_000,
  });
}
