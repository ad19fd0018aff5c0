import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** An ISO 3166 alpha-2 country code, such as GB. */
export type Country = string;

// Calling codes that several countries share: whose the number is when its digits don't tell, and how many digits after
// the + decide it (an area code), with the usual length of a whole number.
const SHARED: Record<string, { main: Country; decisive: number; length: number }> = {
  '1': { main: 'US', decisive: 4, length: 11 },
  '7': { main: 'RU', decisive: 4, length: 11 },
  '39': { main: 'IT', decisive: 7, length: 12 },
  '44': { main: 'GB', decisive: 7, length: 12 },
  '47': { main: 'NO', decisive: 4, length: 10 },
  '61': { main: 'AU', decisive: 7, length: 11 },
  '212': { main: 'MA', decisive: 7, length: 12 },
  '262': { main: 'RE', decisive: 7, length: 12 },
  '290': { main: 'SH', decisive: 4, length: 8 },
  '358': { main: 'FI', decisive: 5, length: 12 },
  '590': { main: 'GP', decisive: 7, length: 12 },
  '599': { main: 'CW', decisive: 4, length: 11 },
};

const COUNTRY_OF_CODE: ReadonlyMap<string, Country> = new Map(
  getCountries().map((country) => {
    const code: string = getCountryCallingCode(country);
    return [code, SHARED[code]?.main ?? country] as const;
  }),
);

// Prefix → country, for shared codes only: a full parse costs twenty times what the rest of the intake does.
const REMEMBERED_LIMIT = 20_000;
const remembered = new Map<string, Country>();

/** The calling code an E.164 number begins with (`44` of +447700900001), or null when no country has it. */
export function callingCode(e164: string): string | null {
  for (let length = 1; length <= 3; length++) {
    const code = e164.slice(1, 1 + length);
    if (COUNTRY_OF_CODE.has(code)) return code;
  }
  return null;
}

/** The country of an E.164 number by its leading digits, whether or not the number is in service; null when unknown. */
export function countryOf(e164: string, code = callingCode(e164)): Country | null {
  if (code === null) return null;
  const shared = SHARED[code];
  if (shared === undefined) return COUNTRY_OF_CODE.get(code) ?? null;
  const prefix = e164.slice(0, 1 + shared.decisive);
  const known = remembered.get(prefix);
  if (known !== undefined) return known;
  const specimen = prefix + '2345678901'.slice(0, Math.max(0, 1 + shared.length - prefix.length));
  const country = parsePhoneNumberFromString(specimen)?.country ?? shared.main;
  if (remembered.size >= REMEMBERED_LIMIT) remembered.clear();
  remembered.set(prefix, country);
  return country;
}
