import { ActionIcon, Group, Paper, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { SaveContactList } from '#shared/api/lists.ts';
import { usualTerms } from '#shared/sms/countries/consent-terms.ts';
import { COUNTRY_OPTIONS, countryName } from '../../lib/countries.ts';
import { ListTerms, type Terms } from './list-terms.tsx';

type Countries = SaveContactList['countries'];

/** The terms for people whose number is of a country. One that is added begins with what is usual there. */
export function ListCountries({
  terms,
  value,
  onChange,
}: {
  /** The list's own, which hold for everybody else. */
  terms: Terms;
  value: Countries;
  onChange: (countries: Countries) => void;
}) {
  const codes = Object.keys(value);
  const change = (code: string, next: Terms) => onChange({ ...value, [code]: next });
  return (
    <Stack gap="xs">
      {codes.map((code) => {
        const own: Terms = { ...terms, ...value[code] };
        const name = countryName(code);
        return (
          <Paper key={code} withBorder p="sm" component="section" aria-label={name}>
            <Group justify="space-between" mb="xs" wrap="nowrap">
              <Text fw={500}>{name}</Text>
              <Group gap="xs" wrap="nowrap">
                <SegmentedControl
                  aria-label={`How people join in ${name}`}
                  size="xs"
                  data={JOINING}
                  value={own.optIn}
                  onChange={(next) =>
                    change(code, { ...own, optIn: next === 'single' ? 'single' : 'double' })
                  }
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Take ${name} away`}
                  onClick={() =>
                    onChange(Object.fromEntries(Object.entries(value).filter(([one]) => one !== code)))
                  }
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
            </Group>
            <ListTerms value={own} onChange={(next) => change(code, next)} of={` in ${name}`} />
            <Usual code={code} />
          </Paper>
        );
      })}
      <Select
        label="Add other terms for a country"
        description="By the country of people’s numbers. It begins with what is usual there."
        placeholder="Choose a country"
        searchable
        data={COUNTRY_OPTIONS.map(({ group, items }) => ({
          group,
          items: items.filter(({ value: code }) => !codes.includes(code)),
        }))}
        value={null}
        onChange={(code) => code !== null && change(code, usualFor(code, terms))}
      />
    </Stack>
  );
}

function Usual({ code }: { code: string }) {
  const usual = usualTerms(code);
  if (!usual) return null;
  return (
    <Text size="xs" c="dimmed" mt="xs">
      {usual.because} ({usual.by}
      {usual.recalled ? '; ask your lawyer before you rely on it' : ''})
    </Text>
  );
}

function usualFor(code: string, terms: Terms): Terms {
  const usual = usualTerms(code);
  if (!usual) return terms;
  const { optIn, basis, lastsDays, impliedDays } = usual;
  return { optIn, basis, lastsDays, impliedDays, minimumAge: terms.minimumAge };
}

const JOINING = [
  { value: 'double', label: 'With YES' },
  { value: 'single', label: 'With one text' },
];
