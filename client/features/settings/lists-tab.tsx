import { Group, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ContactList } from '#shared/api/lists.ts';
import { countryName } from '../../lib/countries.ts';
import { wholeNumber } from '../../lib/format/number.ts';
import { listsQuery } from '../../lib/queries/settings-queries.ts';
import { useMay } from '../../lib/use-may.ts';
import { TextLink } from '../../ui/links.tsx';
import { ListDialog } from './list-dialog.tsx';
import { RowButton } from './row-button.tsx';
import { SettingsList } from './settings-list.tsx';

/** What people consent to. */
export function ListsTab() {
  const query = useQuery(listsQuery);
  const mayAdd = useMay('author');
  const mayEdit = useMay('compliance');
  return (
    <SettingsList<ContactList>
      title="Lists"
      what="list"
      wordsOf={wordsOf}
      description="What people agree to get. A marketing text goes only to those who confirmed its list."
      query={query}
      rowKey={({ key }) => key}
      add={mayAdd && 'Add list'}
      empty={{
        icon: IconListCheck,
        title: 'No list yet',
        children:
          'A list is one thing people can say yes to, such as “News” or “Offers”. Flows put people on it.',
      }}
      columns={(edit) => [
        {
          key: 'name',
          header: 'List',
          sortBy: ({ name }) => name,
          cell: (list) => (
            <>
              <RowButton allowed={mayEdit} onClick={() => edit(list)}>
                {list.name}
              </RowButton>
              <Text size="xs" c="dimmed">
                {list.key}
              </Text>
            </>
          ),
        },
        {
          key: 'opt-in',
          header: 'How people join',
          cell: (list) => (
            <>
              <Text size="sm">
                {list.optIn === 'double' ? 'Text, then confirm with YES' : 'With one text'}
              </Text>
              <Text size="xs" c="dimmed">
                {termsWords(list)}
              </Text>
            </>
          ),
        },
        count('confirmed', 'Confirmed', ({ confirmed }) => confirmed),
        count('pending', 'Not yet', ({ pending }) => pending),
        count('revoked', 'Left', ({ revoked }) => revoked),
        {
          key: 'people',
          header: 'People',
          hiddenHeader: true,
          width: 90,
          cell: ({ key }) => (
            <Group justify="flex-end">
              <TextLink to="/contacts" search={{ list: key }} size="sm" underline="hover">
                People
              </TextLink>
            </Group>
          ),
        },
      ]}
      dialog={({ row, close }) => <ListDialog list={row} onClose={close} />}
    />
  );
}

function count(key: string, header: string, of: (list: ContactList) => number) {
  return {
    key,
    header,
    align: 'right' as const,
    width: 90,
    sortBy: of,
    cell: (list: ContactList) => wholeNumber(of(list)),
  };
}

const wordsOf = ({ key, name }: ContactList): string => `${key} ${name}`;

/** "from 21 years on · a yes lapses after 730 days · other terms in Germany": what differs from a plain list. */
function termsWords({ minimumAge, basis, lastsDays, impliedDays, countries }: ContactList): string {
  const others = Object.keys(countries).map(countryName);
  return [
    ...(minimumAge === null ? [] : [`from ${minimumAge} years on`]),
    ...(lastsDays === null ? [] : [`a yes lapses after ${wholeNumber(lastsDays)} days`]),
    ...(basis === 'express'
      ? []
      : [`a purchase counts${impliedDays === null ? ', too' : ` for ${wholeNumber(impliedDays)} days`}`]),
    ...(others.length === 0 ? [] : [`other terms in ${others.join(', ')}`]),
  ].join(' · ');
}
