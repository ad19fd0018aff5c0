import type { Country } from '../calling-codes.ts';
import { ca } from './ca.ts';
import type { CountryRules } from './country-rules.ts';
import { de } from './de.ts';
import { fr } from './fr.ts';
import { gb } from './gb.ts';
import { other } from './other.ts';
import { us } from './us.ts';

/** The countries that have rules of their own. */
export const COUNTRIES: readonly CountryRules[] = [us, ca, gb, fr, de];

const BY_CODE = new Map(COUNTRIES.map((rules) => [rules.country, rules]));

/** The rules in force for senders of a country. */
export function countryRules(country: Country): CountryRules {
  return BY_CODE.get(country) ?? other;
}
