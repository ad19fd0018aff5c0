import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { signOut } from '../../lib/api/session.ts';
import { notifyError } from '../../lib/notify.tsx';
import { useSession } from '../../lib/queries/session-queries.ts';

/** Who is signed in: light or dark, one's own account, sign out. */
export function PersonMenu() {
  const { person, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`${person.name}: account menu`} style={{ borderRadius: '50%' }}>
          <Avatar name={person.name} size={30} color="indigo" variant="light" alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" dir="auto" truncate>
            {person.name}
          </Text>
          <Text size="xs" truncate>
            {person.email ?? 'No e-mail address yet'} · {role}
          </Text>
        </Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          my={4}
          aria-label="Appearance"
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
          data={[
            { value: 'light', label: <IconSun size={15} aria-label="Light" /> },
            { value: 'dark', label: <IconMoon size={15} aria-label="Dark" /> },
            { value: 'auto', label: <IconDeviceDesktop size={15} aria-label="As the system" /> },
          ]}
        />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUser size={16} />}
          renderRoot={(props) => <Link to="/settings/$tab" params={{ tab: 'account' }} {...props} />}
        >
          My account
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => leave.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      client.clear();
    },
    onError: notifyError,
  });
}
