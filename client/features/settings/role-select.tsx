import { Select } from '@mantine/core';
import type { Person } from '#shared/api/people.ts';
import { changePerson } from '../../lib/api/people.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { peopleQuery } from '../../lib/queries/settings-queries.ts';
import { sessionQuery } from '../../lib/queries/session-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { ROLES, roleLabel } from './roles.ts';

/** What somebody may do; an owner chooses it here, and may take it back. */
export function RoleSelect({ person, allowed }: { person: Person; allowed: boolean }) {
  const change = useChange((role: Person['role']) => changePerson(person.id, { role }), {
    touches: [peopleQuery.queryKey, sessionQuery.queryKey],
  });
  if (!allowed) return roleLabel(person.role);
  return (
    <Select
      size="xs"
      aria-label={`Role of ${person.name}`}
      allowDeselect={false}
      value={person.role}
      disabled={change.isPending}
      data={ROLES.map(({ value, label }) => ({ value, label }))}
      onChange={(value) => {
        const role = ROLES.find((one) => one.value === value)?.value;
        if (!role || role === person.role) return;
        const before = person.role;
        change.mutate(role, {
          onSuccess: () =>
            notifyDone(`${person.name} is now ${roleLabel(role).toLowerCase()}.`, () =>
              change.mutate(before),
            ),
        });
      }}
    />
  );
}
