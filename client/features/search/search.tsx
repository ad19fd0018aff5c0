import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { searchStore } from './open-search.ts';
import classes from './search.module.css';
import { useFound } from './use-found.tsx';

const LIST_ID = 'search-found';

/** Ctrl-K: flows, contacts, pages and acts, found by a few letters. */
export function Search() {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 200);
  const { groups, searching } = useFound(query.trim(), asked);
  useFirstChosen(groups.flatMap((group) => group.actions.map(({ id }) => id)).join(' '));
  return (
    <Spotlight.Root
      store={searchStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      title="Search everything"
      classNames={{ header: classes.header, actionDescription: classes.description }}
      overlayProps={{ blur: 0 }}
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
      <Spotlight.ActionsList id={LIST_ID} ref={makeReachable}>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.group} label={group.group}>
            {group.actions.map(({ id, ...action }) => (
              <Spotlight.Action key={id} {...action} />
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

/** What scrolls must be reachable with the keyboard. */
const makeReachable = (list: HTMLDivElement | null): void =>
  list?.querySelector('[data-scrollarea-viewport]')?.setAttribute('tabindex', '0');

/**
 * Keeps Enter on the first line when lines arrive later than the letters that asked for them, unless somebody has moved
 * down by then. Mantine marks the chosen line in the page itself, so that is where it has to be moved.
 */
function useFirstChosen(ids: string): void {
  useEffect(() => {
    const list = document.getElementById(LIST_ID);
    if (ids === '' || searchStore.getState().selected > 0) return;
    list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
    list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  }, [ids]);
}
