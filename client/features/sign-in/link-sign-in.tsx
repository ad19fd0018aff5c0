import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ApiError } from '../../lib/api/api-error.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useSignIn } from './use-sign-in.ts';

export interface LinkSignInProps {
  token: string;
  next: string | undefined;
  /** The person would rather use a password. */
  onGiveUp: () => void;
}

/** A link that was refused stays refused; anything else may pass. */
const isSpent = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Uses a one-time link as soon as it is opened. When it is spent, the server says how to get another. */
export function LinkSignIn({ token, next, onGiveUp }: LinkSignInProps) {
  const signIn = useSignIn(next);
  const used = useRef(false);
  useEffect(() => {
    // A link works once, and React runs effects twice while developing.
    if (used.current) return;
    used.current = true;
    signIn.mutate({ token });
  }, [signIn, token]);
  if (!signIn.error) {
    return (
      <Group gap="sm" role="status">
        <Loader size="sm" />
        <Text>Signing you in…</Text>
      </Group>
    );
  }
  return (
    <Stack>
      <ErrorNote
        error={signIn.error}
        onRetry={isSpent(signIn.error) ? undefined : () => signIn.mutate({ token })}
      />
      <Button variant="default" onClick={onGiveUp}>
        Sign in with a password instead
      </Button>
    </Stack>
  );
}
