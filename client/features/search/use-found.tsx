import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight';
import { IconAddressBook, IconArrowsSplit2, IconMessages } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { formatPhone } from '#shared/sms/phone.ts';
import { contactsQuery } from '../../lib/queries/contact-queries.ts';
import { flowsQuery } from '../../lib/queries/flow-queries.ts';
import { usePlaces } from './use-places.tsx';

const SIZE = 6;

/** What fits the query, in groups: things the server knows (asked a moment later), then pages and acts. */
export function useFound(
  query: string,
  asked: string,
): { groups: SpotlightActionGroupData[]; searching: boolean } {
  const navigate = useNavigate();
  const places = usePlaces();
  const search = { enabled: asked !== '', placeholderData: keepPreviousData };
  const flows = useQuery({ ...flowsQuery({ search: asked, size: SIZE }), ...search });
  const contacts = useQuery({ ...contactsQuery({ search: asked, size: SIZE }), ...search });
  const here = places
    .map(({ group, actions }) => ({ group, actions: actions.filter((action) => fits(action, query)) }))
    .filter(({ actions }) => actions.length > 0);
  if (query === '') return { groups: here, searching: false };
  const found: SpotlightActionGroupData[] = [
    {
      group: 'Flows',
      actions: (flows.data?.items ?? []).map((flow) => ({
        id: `flow-${flow.id}`,
        label: flow.name,
        description: flow.keywords.join(' · ') || 'No keyword',
        leftSection: <IconArrowsSplit2 size={18} />,
        onClick: () => void navigate({ to: '/flows/$flowId', params: { flowId: flow.id } }),
      })),
    },
    {
      group: 'Contacts',
      actions: (contacts.data?.items ?? []).map((contact) => ({
        id: `contact-${contact.id}`,
        label: contact.name ?? formatPhone(contact.phone),
        description: contact.name === null ? undefined : formatPhone(contact.phone),
        leftSection: <IconAddressBook size={18} />,
        onClick: () => void navigate({ to: '/contacts/$contactId', params: { contactId: contact.id } }),
      })),
    },
  ];
  const texts: SpotlightActionGroupData = {
    group: 'Messages',
    actions: [
      {
        id: 'messages',
        label: `Search the texts for “${query}”`,
        leftSection: <IconMessages size={18} />,
        onClick: () => void navigate({ to: '/messages', search: { search: query } }),
      },
    ],
  };
  return {
    groups: [...found.filter(({ actions }) => actions.length > 0), ...here, texts],
    searching: flows.isFetching || contacts.isFetching || query !== asked,
  };
}

function fits({ label, keywords }: SpotlightActionData, query: string): boolean {
  const words = `${label} ${[keywords ?? []].flat().join(' ')}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}
