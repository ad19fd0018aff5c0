import type { Who } from './who.ts';

/** Which sessions are over, in words that travel between nodes: hashes are hex. */
export type EndedSessions =
  | { readonly session: string }
  | { readonly personId: string; readonly but?: string };

/** Whether this session is one of them. */
export function isEnded({ personId, sessionHash }: Who, which: EndedSessions): boolean {
  const session = sessionHash.toString('hex');
  if ('session' in which) return which.session === session;
  return which.personId === personId && which.but !== session;
}
