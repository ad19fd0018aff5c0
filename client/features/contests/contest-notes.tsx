import { Text } from '@mantine/core';
import { contestNotes } from '#shared/sms/countries/contest-notes.ts';
import { countryName } from '../../lib/countries.ts';

/** What a country asks of prize draws, for those that are chosen. */
export function ContestNotes({ countries }: { countries: readonly string[] }) {
  return contestNotes(countries).map(({ country, because, by, recalled }) => (
    <Text key={country} size="xs" c="dimmed">
      <b>{countryName(country)}:</b> {because} ({by}
      {recalled ? '; ask your lawyer before you rely on it' : ''})
    </Text>
  ));
}
