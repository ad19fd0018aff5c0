import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DialogForm } from '../../ui/dialog-form.tsx';

export interface ReasonDialogProps {
  title: string;
  submit: string;
  /** What it does. */
  words: string;
  placeholder: string;
  busy: boolean;
  onSubmit: (because: string) => void;
  onClose: () => void;
}

/** Asks why before something that has to be explained later. */
export function ReasonDialog({ words, placeholder, onSubmit, ...dialog }: ReasonDialogProps) {
  const form = useForm({
    initialValues: { because: '' },
    validate: { because: (because) => (because.trim().length < 3 ? 'Say why, in a few words.' : null) },
  });
  return (
    <DialogForm {...dialog} onSubmit={form.onSubmit(({ because }) => onSubmit(because.trim()))}>
      <Text size="sm" c="dimmed">
        {words}
      </Text>
      <TextInput
        label="Why"
        placeholder={placeholder}
        maxLength={300}
        data-autofocus
        {...form.getInputProps('because')}
      />
    </DialogForm>
  );
}
