import type { Session } from '#shared/api/session.ts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { getSession } from '../api/session.ts';

/** Who is signed in. The shell makes sure of it before anything inside it is drawn. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getSession(signal),
  staleTime: 60_000,
});

/** The session, inside the shell, where there always is one. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;
