import {
  Avatar,
  type MantineColorScheme,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
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
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(schemeOf(value))}>
          <Menu.RadioItem value="light" rightSection={<IconSun size={16} />}>
            Light
          </Menu.RadioItem>
          <Menu.RadioItem value="dark" rightSection={<IconMoon size={16} />}>
            Dark
          </Menu.RadioItem>
          <Menu.RadioItem value="auto" rightSection={<IconDeviceDesktop size={16} />}>
            As the system
          </Menu.RadioItem>
        </Menu.RadioGroup>
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

const schemeOf = (value: string | null): MantineColorScheme =>
  value === 'light' || value === 'dark' ? value : 'auto';
