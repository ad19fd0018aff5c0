import { useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionData } from '@mantine/spotlight';
import {
  IconActivity,
  IconAddressBook,
  IconArrowsSplit2,
  IconChartBar,
  IconInbox,
  IconMessages,
  IconMoon,
  IconPlus,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconTicket,
  IconTrophy,
  IconUserPlus,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../../lib/use-may.ts';

/** Acts and pages that can be reached by name from anywhere. */
export function usePlaces(): { group: string; actions: SpotlightActionData[] }[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const mayAuthor = useMay('author');
  const mayInvite = useMay('owner');
  const tab = (id: string, label: string, keywords?: string): SpotlightActionData => ({
    id: `settings-${id}`,
    label: `Settings: ${label}`,
    keywords,
    leftSection: <IconSettings size={18} />,
    onClick: () => void navigate({ to: '/settings/$tab', params: { tab: id } }),
  });
  return [
    {
      group: 'Acts',
      actions: [
        ...(mayAuthor
          ? [
              {
                id: 'new-flow',
                label: 'New flow',
                keywords: 'create template keyword import',
                leftSection: <IconPlus size={18} />,
                onClick: () => void navigate({ to: '/flows', search: { new: true } }),
              },
            ]
          : []),
        {
          id: 'test-text',
          label: 'Send a test text',
          keywords: 'try simulate phone',
          leftSection: <IconSend size={18} />,
          onClick: () => void navigate({ to: '/live', search: { test: true } }),
        },
        ...(mayInvite
          ? [
              {
                id: 'invite',
                label: 'Invite a person',
                keywords: 'colleague user team',
                leftSection: <IconUserPlus size={18} />,
                onClick: () => void navigate({ to: '/settings/$tab', params: { tab: 'people' } }),
              },
            ]
          : []),
        {
          id: 'light',
          label: 'Light appearance',
          keywords: 'theme',
          leftSection: <IconSun size={18} />,
          onClick: () => setColorScheme('light'),
        },
        {
          id: 'dark',
          label: 'Dark appearance',
          keywords: 'theme night',
          leftSection: <IconMoon size={18} />,
          onClick: () => setColorScheme('dark'),
        },
      ],
    },
    {
      group: 'Pages',
      actions: [
        ...PAGES.map(({ to, label, icon: Picture }) => ({
          id: to,
          label,
          leftSection: <Picture size={18} />,
          onClick: () => void navigate({ to }),
        })),
        tab('senders', 'Senders', 'numbers short code'),
        tab('keywords', 'Keywords'),
        tab('programs', 'Programs', 'help stop words brand'),
        tab('lists', 'Lists', 'consent opt-in'),
        tab('gateways', 'Gateways', 'carrier aggregator'),
        tab('people', 'People', 'roles'),
        tab('workspace', 'Workspace', 'time zone'),
        tab('account', 'My account', 'password'),
      ],
    },
  ];
}

const PAGES = [
  { to: '/flows', label: 'Flows', icon: IconArrowsSplit2 },
  { to: '/live', label: 'Live', icon: IconActivity },
  { to: '/results', label: 'Results', icon: IconChartBar },
  { to: '/messages', label: 'Messages', icon: IconMessages },
  { to: '/inbox', label: 'Inbox', icon: IconInbox },
  { to: '/campaigns', label: 'Campaigns', icon: IconSpeakerphone },
  { to: '/contests', label: 'Contests', icon: IconTrophy },
  { to: '/vouchers', label: 'Vouchers', icon: IconTicket },
  { to: '/contacts', label: 'Contacts', icon: IconAddressBook },
] as const;
