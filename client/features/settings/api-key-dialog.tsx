import { Radio, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import type { QueryKey } from '@tanstack/react-query';
import { type MadeApiKey, type MakeApiKey, makeApiKeySchema } from '#shared/api/api-keys.ts';
import { makeApiKey } from '../../lib/api/api-keys.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { ROLES } from './roles.ts';

export interface ApiKeyDialogProps {
  touches: QueryKey;
  onClose: () => void;
  onMade: (made: MadeApiKey) => void;
}

/** Asks what a new key is for and how far it goes. */
export function ApiKeyDialog({ touches, onClose, onMade }: ApiKeyDialogProps) {
  const form = useForm<MakeApiKey>({
    initialValues: { name: '', role: 'agent' },
    validate: schemaResolver(makeApiKeySchema, { sync: true }),
  });
  const make = useChange(makeApiKey, { touches: [touches], onDone: onMade, onRefused: refusalInto(form) });
  return (
    <DialogForm
      title="Make a key"
      submit="Make key"
      busy={make.isPending}
      onSubmit={form.onSubmit((values) => make.mutate(values))}
      onClose={onClose}
    >
      <TextInput
        label="What it is for"
        placeholder="Online shop"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Radio.Group label="Role" {...form.getInputProps('role')}>
        <Stack gap={8} mt={6}>
          {ROLES.map(({ value, label, may }) => (
            <Radio
              key={value}
              value={value}
              label={label}
              description={value === 'agent' ? `${may}; starts flows and sends texts` : may}
            />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
