import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { ownPersonSchema } from '#shared/api/session.ts';
import { changeOwnPerson } from '../../lib/api/session.ts';
import { refusalInto } from '../../lib/form-refusal.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { sessionQuery, useSession } from '../../lib/queries/session-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { TabHead } from './tab-head.tsx';
import { roleLabel } from './roles.ts';

/** One's own name, e-mail address and password. */
export function AccountTab() {
  const { role, workspace } = useSession();
  return (
    <>
      <TabHead title="My account">
        You are {roleLabel(role).toLowerCase()} of {workspace.name}.
      </TabHead>
      <Stack gap={40}>
        <NameForm />
        <PasswordForm />
      </Stack>
    </>
  );
}

const nameSchema = ownPersonSchema.pick({ name: true, email: true }).required({ name: true });

/** Who came by a link may have no address yet, and need not give one. */
const withoutEmpty = ({ name, email }: { name: string; email: string }) =>
  email === '' ? { name } : { name, email };

function NameForm() {
  const { person } = useSession();
  const form = useForm({
    initialValues: { name: person.name, email: person.email ?? '' },
    validate: (values) => schemaResolver(nameSchema, { sync: true })(withoutEmpty(values)),
  });
  const save = useChange(changeOwnPerson, {
    touches: [sessionQuery.queryKey],
    onDone: () => {
      form.resetDirty();
      notifyDone('Saved.');
    },
    onRefused: refusalInto(form),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(withoutEmpty(values)))} noValidate>
      <Stack maw={440}>
        <TextInput label="Name" autoComplete="name" dir="auto" {...form.getInputProps('name')} />
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const passwordSchema = ownPersonSchema.pick({ password: true }).required();

function PasswordForm() {
  const { person } = useSession();
  const form = useForm({
    initialValues: { password: '' },
    validate: schemaResolver(passwordSchema, { sync: true }),
  });
  const save = useChange(changeOwnPerson, {
    touches: [sessionQuery.queryKey],
    onDone: () => {
      form.reset();
      notifyDone('Your password is set. You were signed out everywhere else.');
    },
    onRefused: refusalInto(form),
  });
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack maw={440}>
        <div>
          <Title order={3}>{person.hasPassword ? 'Change your password' : 'Set a password'}</Title>
          <Text size="sm" c="dimmed">
            {person.hasPassword
              ? 'A new one signs you out everywhere else.'
              : 'Without one you sign in by a one-time link.'}
          </Text>
        </div>
        <input type="hidden" name="username" autoComplete="username" value={person.email ?? ''} readOnly />
        <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('password')} />
        <Group>
          <Button type="submit" variant="default" loading={save.isPending}>
            Set password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
