import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLink, IconUserMinus } from '@tabler/icons-react';
import type { Invitation, Person } from '#shared/api/people.ts';
import { inviteAgain, removePerson } from '../../lib/api/people.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { peopleQuery } from '../../lib/queries/settings-queries.ts';
import { useChange } from '../../lib/use-change.ts';
import { askFirst } from '../../ui/confirm.tsx';

/** What an owner can do for, and with, somebody else. */
export function PersonMenu({
  person,
  onInvitation,
}: {
  person: Person;
  onInvitation: (invitation: Invitation) => void;
}) {
  const again = useChange(() => inviteAgain(person.id), { touches: [], onDone: onInvitation });
  const remove = useChange(() => removePerson(person.id), {
    touches: [peopleQuery.queryKey],
    onDone: () => notifyDone(`${person.name} was removed.`),
  });
  return (
    <Menu width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={again.isPending || remove.isPending}
          aria-label={`Actions for ${person.name}`}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={16} />} onClick={() => again.mutate()}>
          New sign-in link
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUserMinus size={16} />}
          onClick={() =>
            askFirst({
              title: `Remove ${person.name}?`,
              children: 'They are signed out at once and can’t sign in again. What they made stays.',
              confirm: 'Remove person',
              onConfirm: () => remove.mutate(),
            })
          }
        >
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
