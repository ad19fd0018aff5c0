import { ActionIcon, Group, Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

export interface ListToolbarProps {
  /** What is searched: "Search flows". */
  placeholder: string;
  search: string | undefined;
  onSearch: (search: string | undefined) => void;
  /** Filters, after the search field. */
  children?: ReactNode;
  /** Buttons at the far end. */
  end?: ReactNode;
}

/** The line over a list: search (the key / goes there), filters, export. */
export function ListToolbar({ placeholder, search, onSearch, children, end }: ListToolbarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search ?? '');
  const later = useDebouncedCallback((value: string) => onSearch(value.trim() || undefined), 250);
  useHotkeys([['/', () => field.current?.focus()]]);
  // Back and forward change the search from outside; what is being typed stays.
  useEffect(() => {
    setText((now) => (now.trim() === (search ?? '') ? now : (search ?? '')));
  }, [search]);
  const change = (value: string) => {
    setText(value);
    later(value);
  };
  return (
    <Group justify="space-between" mb="sm" gap="sm">
      <Group gap="xs">
        <TextInput
          ref={field}
          w={300}
          type="search"
          aria-label={placeholder}
          placeholder={placeholder}
          value={text}
          maxLength={120}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && change('')}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={
            text === '' ? (
              <Kbd size="xs" aria-hidden>
                /
              </Kbd>
            ) : (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                onClick={() => change('')}
                aria-label="Clear the search"
              >
                <IconX size={14} />
              </ActionIcon>
            )
          }
        />
        {children}
      </Group>
      {end !== undefined && <Group gap="xs">{end}</Group>}
    </Group>
  );
}
