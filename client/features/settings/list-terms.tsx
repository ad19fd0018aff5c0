import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import type { SaveContactList } from '#shared/api/lists.ts';
import { numberOrNull } from './number-or-null.ts';

/** What a list asks for, as far as it may differ by country. */
export type Terms = Pick<SaveContactList, 'optIn' | 'basis' | 'lastsDays' | 'impliedDays' | 'minimumAge'>;

/** What counts as consent, how long it lasts, and from which age on. `of` is added to the labels, for those who cannot see where they stand. */
export function ListTerms({
  value,
  onChange,
  of = '',
}: {
  value: Terms;
  onChange: (terms: Terms) => void;
  of?: string;
}) {
  const days = (label: string, key: 'lastsDays' | 'impliedDays', none: string) => (
    <NumberInput
      label={label}
      aria-label={`${label}${of}`}
      placeholder={none}
      suffix=" days"
      min={1}
      max={3_650}
      allowDecimal={false}
      value={value[key] ?? ''}
      onChange={(next) => onChange({ ...value, [key]: numberOrNull(next) })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label="What counts as a yes"
        aria-label={`What counts as a yes${of}`}
        data={BASES}
        allowDeselect={false}
        value={value.basis}
        onChange={(next) => onChange({ ...value, basis: next === 'implied' ? 'implied' : 'express' })}
      />
      <NumberInput
        label="Minimum age"
        aria-label={`Minimum age${of}`}
        placeholder="None"
        suffix=" years"
        min={1}
        max={99}
        allowDecimal={false}
        value={value.minimumAge ?? ''}
        onChange={(next) => onChange({ ...value, minimumAge: numberOrNull(next) })}
      />
      {days('A yes lapses after', 'lastsDays', 'Never')}
      {value.basis === 'implied' && days('A purchase counts for', 'impliedDays', 'For ever')}
    </SimpleGrid>
  );
}

const BASES = [
  { value: 'express', label: 'Only their own' },
  { value: 'implied', label: 'A purchase, too' },
];
