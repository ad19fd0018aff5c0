import { Radio, Stack, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { type Invitation, type InvitePerson, invitePersonSchema } from '#shared/api/people.ts';
import { invitePerson } from '../../lib/api/people.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { peopleQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { ROLES } from './roles.ts';

export interface InviteDialogProps {
  onClose: () => void;
  onInvited: (invitation: Invitation) => void;
}

/** Asks who is invited, and for what. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const form = useForm<InvitePerson>({
    initialValues: { name: '', email: '', role: 'author' },
    validate: schemaResolver(invitePersonSchema, { sync: true }),
  });
  const invite = useChange(invitePerson, {
    touches: [peopleQuery.queryKey],
    onDone: onInvited,
    onRefused: refusalInto(form),
  });
  return (
    <DialogForm
      title="Invite a person"
      submit="Make a sign-in link"
      busy={invite.isPending}
      onSubmit={form.onSubmit((values) => invite.mutate(values))}
      onClose={onClose}
    >
      <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      <TextInput label="E-mail address" type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Radio.Group label="Role" {...form.getInputProps('role')}>
        <Stack gap={8} mt={6}>
          {ROLES.map(({ value, label, may }) => (
            <Radio key={value} value={value} label={label} description={may} />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
