import { mayActAs } from '#shared/api/roles.ts';
import type { Role } from '#shared/api/session.ts';
import { useSession } from './queries/session-queries.ts';

/** Whether the person signed in may do what is the work of `needed`. The server decides again; this only spares a refusal. */
export function useMay(needed: Role): boolean {
  return mayActAs(useSession().role, needed);
}
