import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries/session-queries.ts';

/** The workspace's time zone, in which every time is shown; UTC until a session is known. */
export function useZone(): string {
  const { data } = useQuery({ ...sessionQuery, enabled: false });
  return data?.workspace.timeZone ?? 'UTC';
}
