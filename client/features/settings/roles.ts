import type { Role } from '#shared/api/session.ts';

/** The roles in words, as they are offered. */
export const ROLES: readonly { value: Role; label: string; may: string }[] = [
  { value: 'owner', label: 'Owner', may: 'does everything, and decides who may do what' },
  { value: 'publisher', label: 'Publisher', may: 'draws flows and puts them live' },
  { value: 'author', label: 'Author', may: 'draws flows, but does not put them live' },
  { value: 'agent', label: 'Agent', may: 'looks after contacts and messages' },
  {
    value: 'compliance',
    label: 'Compliance',
    may: 'looks after programs, lists and consent; may stop all sending',
  },
  { value: 'analyst', label: 'Analyst', may: 'looks at everything and changes nothing' },
];

export const roleLabel = (role: Role): string => ROLES.find(({ value }) => value === role)?.label ?? role;
