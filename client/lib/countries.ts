import { getCountries } from 'libphonenumber-js/min';
import { COUNTRIES } from '#shared/sms/countries/index.ts';

const names = new Intl.DisplayNames('en', { type: 'region' });
const known = COUNTRIES.flatMap(({ country }) => country ?? []);

/** The name of a country by its code. */
export const countryName = (code: string): string => names.of(code) ?? code;

/** Countries to choose from; those whose rules we know by heart come first. */
export const COUNTRY_OPTIONS = [
  { group: 'With rules of their own', items: optionsOf(known) },
  { group: 'Everywhere else', items: optionsOf(getCountries().filter((code) => !known.includes(code))) },
];

function optionsOf(codes: readonly string[]): { value: string; label: string }[] {
  return codes
    .map((code) => ({ value: code, label: countryName(code) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}
