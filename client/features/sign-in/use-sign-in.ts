import type { SignIn } from '#shared/api/session.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { signIn } from '../../lib/api/session.ts';

/** Signs in, forgets what was known of whoever was here before, and goes to the page that was asked for. */
export function useSignIn(next: string | undefined) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (input: SignIn) => signIn(input),
    onSuccess: () => {
      client.clear();
      router.history.replace(isOurs(next) ? next : '/flows');
    },
  });
}

/** Only a path of this app may be gone to: an address passed in a link could lead anywhere. */
const isOurs = (next: string | undefined): next is string => next !== undefined && /^\/(?![/\\])/.test(next);
