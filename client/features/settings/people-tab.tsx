import { Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invitation, Person } from '#shared/api/people.ts';
import { useSession } from '../../lib/queries/session-queries.ts';
import { peopleQuery } from '../../lib/queries/settings-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InvitationDialog } from './invitation-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PersonMenu } from './person-menu.tsx';
import { RoleSelect } from './role-select.tsx';
import { SettingsList } from './settings-list.tsx';

/** Who works in this workspace, and what each may do. */
export function PeopleTab() {
  const query = useQuery(peopleQuery);
  const mayEdit = useMay('owner');
  const me = useSession().person.id;
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  return (
    <>
      <SettingsList<Person>
        title="People"
        what="person"
        wordsOf={wordsOf}
        description="Who works in this workspace. Somebody you invite gets a one-time link to sign in, which you pass on."
        query={query}
        rowKey={({ id }) => id}
        add={mayEdit && 'Invite'}
        empty={{
          icon: IconUsers,
          title: 'Nobody else is here',
          children: 'Invite the people you work with.',
        }}
        columns={() => [
          {
            key: 'name',
            header: 'Person',
            sortBy: ({ name }) => name,
            cell: ({ id, name, email }) => (
              <>
                <Text fw={500}>
                  <bdi>{name}</bdi>
                  {id === me && (
                    <Text span c="dimmed" fw={400}>
                      {' '}
                      (you)
                    </Text>
                  )}
                </Text>
                <Text size="xs" c="dimmed">
                  {email ?? 'No e-mail address yet'}
                </Text>
              </>
            ),
          },
          {
            key: 'role',
            header: 'Role',
            width: 190,
            sortBy: ({ role }) => role,
            cell: (person) => <RoleSelect person={person} allowed={mayEdit} />,
          },
          {
            key: 'seen',
            header: 'Last here',
            width: 130,
            sortBy: ({ lastSeenAt }) => lastSeenAt ?? '',
            cell: ({ lastSeenAt }) => (
              <Text size="sm" c="dimmed">
                {lastSeenAt === null ? 'Never' : <RelativeTime at={lastSeenAt} />}
              </Text>
            ),
          },
          {
            key: 'menu',
            header: 'Actions',
            hiddenHeader: true,
            width: 56,
            align: 'right',
            cell: (person) =>
              mayEdit && person.id !== me && <PersonMenu person={person} onInvitation={setInvitation} />,
          },
        ]}
        dialog={({ close }) => (
          <InviteDialog
            onClose={close}
            onInvited={(made) => {
              close();
              setInvitation(made);
            }}
          />
        )}
      />
      {invitation && <InvitationDialog invitation={invitation} onClose={() => setInvitation(null)} />}
    </>
  );
}

const wordsOf = ({ name, email, role }: Person): string => `${name} ${email ?? ''} ${role}`;
