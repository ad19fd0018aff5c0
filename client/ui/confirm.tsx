import { Button, type ButtonProps, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';

/** What is asked before something is done that somebody may not want. */
export interface Question {
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ReactNode;
  /** The verb on the button: "Remove sender". */
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** Asks before something that is hard to take back. */
export function askFirst({ title, children, confirm, danger = true, onConfirm }: Question): void {
  modals.openConfirmModal({
    title,
    children: (
      <Text component="div" c="dimmed">
        {children}
      </Text>
    ),
    labels: { confirm, cancel: 'Keep as it is' },
    confirmProps: danger ? { color: 'red.8' } : {},
    onConfirm,
  });
}

/** A button whose act asks first. */
export function ConfirmButton({
  question,
  children,
  ...button
}: ButtonProps & { question: Question; children: ReactNode }) {
  return (
    <Button variant="default" {...button} onClick={() => askFirst(question)}>
      {children}
    </Button>
  );
}
