import { Spotlight, SpotlightAction, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useFound } from './use-found.tsx';

/** Opens the search over everything. */
export const openSearch = (): void => spotlight.open();

/** Ctrl-K: flows, contacts, pages and acts, found by a few letters. */
export function Search() {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const { groups, searching } = useFound(query.trim(), asked);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      scrollable
      maxHeight={440}
      size={620}
      clearQueryOnClose
    >
      <Spotlight.Search
        placeholder="Search flows, contacts, pages and acts"
        aria-label="Search everything"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ group, actions }) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {actions.map(({ id, ...action }: SpotlightActionData) => (
              <SpotlightAction key={id} {...action} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && (
          <Spotlight.Empty>
            {searching ? 'Searching…' : `Nothing is called “${query.trim()}”.`}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
