import { Autocomplete, type AutocompleteProps, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { counted } from '../../lib/format/number.ts';
import { tagsQuery } from '../../lib/queries/contact-queries.ts';

/** A tag, of those that contacts have or any other: one that nobody has yet may be put on people before the campaign begins. */
export function TagField(props: Pick<AutocompleteProps, 'value' | 'onChange' | 'error'>) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const people = new Map(tags.map((one) => [one.tag, one.people]));
  return (
    <Autocomplete
      aria-label="Tag"
      placeholder={tags[0]?.tag ?? 'customer'}
      data={tags.map(({ tag }) => tag)}
      limit={20}
      comboboxProps={{ shadow: 'md' }}
      renderOption={({ option: { value } }) => (
        <Group justify="space-between" gap="md" wrap="nowrap" flex={1}>
          <Text size="sm" dir="auto" truncate>
            {value}
          </Text>
          <People count={people.get(value) ?? null} />
        </Group>
      )}
      {...props}
    />
  );
}

function People({ count }: { count: number | null }) {
  if (count === null) return null;
  return (
    <Text size="xs" c="inherit" opacity={0.8} style={{ whiteSpace: 'nowrap' }}>
      {counted(count, 'person', 'people')}
    </Text>
  );
}
