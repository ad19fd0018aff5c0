import { Anchor, Button, Code, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { usePageTitle } from '../../lib/page-title.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { LinkSignIn } from './link-sign-in.tsx';
import classes from './sign-in.module.css';
import { useSignIn } from './use-sign-in.ts';

const route = getRouteApi('/sign-in');

/** The way in: a one-time link, or an e-mail address and a password. */
export function SignInPage() {
  usePageTitle('Sign in');
  const { next } = route.useSearch();
  // A link may be put into the address of this very page, which loads nothing anew.
  const token = useLocation({ select: ({ hash }) => hash });
  const [givenUp, setGivenUp] = useState('');
  return (
    <main className={classes.page}>
      <Paper className={classes.card}>
        <Stack gap="xs" mb="lg">
          <img src="/favicon.svg" alt="" width={40} height={40} />
          <Title order={1}>Sign in to Textloom</Title>
        </Stack>
        {token === '' || token === givenUp ? (
          <PasswordSignIn next={next} />
        ) : (
          <LinkSignIn key={token} token={token} next={next} onGiveUp={() => setGivenUp(token)} />
        )}
      </Paper>
    </main>
  );
}

const schema = z.object({
  email: z.email('Write your e-mail address.'),
  password: z.string().min(1, 'Write your password.'),
});

function PasswordSignIn({ next }: { next: string | undefined }) {
  const signIn = useSignIn(next);
  const [helping, setHelping] = useState(false);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: schemaResolver(schema, { sync: true }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      <Stack>
        {signIn.error && <ErrorNote error={signIn.error} />}
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
        {helping ? (
          <Text size="sm" c="dimmed">
            An owner of the workspace can make a link for you under Settings, People. On the machine that runs
            Textloom, this prints one: <Code>npm run textloom -- sign-in-link</Code>
          </Text>
        ) : (
          <Anchor component="button" type="button" size="sm" onClick={() => setHelping(true)}>
            No password, or forgotten it?
          </Anchor>
        )}
      </Stack>
    </form>
  );
}
