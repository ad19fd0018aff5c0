import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { createContactSchema } from '#shared/api/contacts.ts';
import { createContact } from '../../lib/api/contacts.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { CONTACTS_KEY } from '../../lib/queries/contact-queries.ts';
import { useChange } from '../../lib/use-change.ts';

const schema = z.object({ phone: createContactSchema.shape.phone, name: z.string().max(120) });

/** Adds a number by hand and goes to it. */
export function AddContactDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { phone: '', name: '' },
    validate: schemaResolver(schema, { sync: true }),
  });
  const close = () => {
    form.reset();
    onClose();
  };
  const add = useChange(createContact, {
    touches: [CONTACTS_KEY],
    onDone: ({ id }) => {
      close();
      void navigate({ to: '/contacts/$contactId', params: { contactId: id } });
    },
    onRefused: refusalInto(form),
  });
  return (
    <Modal opened={opened} onClose={close} title="Add contact">
      <form
        onSubmit={form.onSubmit(({ phone, name }) =>
          add.mutate({
            phone: phone.trim(),
            ...(name.trim() === '' ? {} : { fields: { name: name.trim() } }),
          }),
        )}
      >
        <Stack>
          <TextInput
            label="Phone number"
            placeholder="+44 7700 900123"
            type="tel"
            inputMode="tel"
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('phone')}
          />
          <TextInput label="Name (optional)" autoComplete="off" {...form.getInputProps('name')} />
          <Text size="sm" c="dimmed">
            This gives no consent. They get marketing texts only after they joined a list themselves.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add contact
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
