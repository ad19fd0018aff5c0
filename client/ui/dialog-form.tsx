import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { goToFirstWrong } from '../lib/go-to-input.ts';
import { Dialog } from './dialog.tsx';

export interface DialogFormProps {
  title: string;
  /** The verb on the button: "Add sender". */
  submit: string;
  /** What closing it is called. */
  cancel?: string;
  busy: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  /** A button at the far end: remove. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A dialog that is a form: fields one under the other, cancel and the verb below. */
export function DialogForm({
  title,
  submit,
  cancel = 'Cancel',
  busy,
  onSubmit,
  onClose,
  extra,
  children,
}: DialogFormProps) {
  const submitOrShow = (event: FormEvent<HTMLFormElement>) => {
    onSubmit(event);
    goToFirstWrong(event.currentTarget);
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submitOrShow} noValidate>
        <Stack gap="sm">
          {children}
          <Group justify="space-between" mt="xs">
            <div>{extra}</div>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {cancel}
              </Button>
              <Button type="submit" loading={busy}>
                {submit}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
