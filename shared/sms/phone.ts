import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { callingCode, type Country, countryOf } from './calling-codes.ts';

export type { Country } from './calling-codes.ts';

/** A phone number in E.164 and the country its digits point to, null where they point to none (satellite, new codes). */
export interface Phone {
  readonly e164: string;
  readonly country: Country | null;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const WRITTEN = /^(?:tel:)?\+?[\d\s().\-/]+$/;
const SEPARATORS = /[\s().\-/]/g;

/**
 * Reads a phone number as gateways and people write it: E.164, an msisdn without +, a 00 prefix, or the national form of
 * `defaultCountry`. What has the shape of an E.164 number is accepted, in service or not (test ranges, new prefixes);
 * null for everything else, such as short codes and sender names. Where a national form is expected, digits without + must be as many as
 * numbers of some country have: a day, 2026-02-30, is no number of Egypt.
 */
export function parsePhone(raw: string, defaultCountry?: Country): Phone | null {
  const direct = inE164(raw);
  if (direct !== null) return direct;
  const written = raw.normalize('NFKC').trim();
  if (written.length > 40 || !WRITTEN.test(written)) return null;
  const e164 = international(written.replace('tel:', ''), defaultCountry);
  return e164 === null ? null : { e164, country: countryOf(e164) };
}

function international(written: string, defaultCountry: Country | undefined): string | null {
  if (written.startsWith('+')) return fromPlus(written);
  const digits = written.replace(SEPARATORS, '');
  if (digits.startsWith('00')) return fromPlus(`+${digits.slice(2)}`);
  const abroad = fromPlus(`+${digits}`);
  const home = supported(defaultCountry);
  if (home === null) return abroad;
  const national = parsePhoneNumberFromString(written, home);
  if (national?.isValid()) return national.number;
  const foreign = abroad === null ? undefined : parsePhoneNumberFromString(abroad);
  if (foreign?.isValid()) return abroad;
  if (national?.isPossible()) return national.number;
  return foreign?.isPossible() ? abroad : null;
}

// Drops the trunk zero of "+44 (0)7700 900001", and nothing else: what the library would shorten again is left alone.
function fromPlus(written: string): string | null {
  const digits = `+${written.replace(/\D/g, '')}`;
  if (inE164(digits) !== null) return digits;
  const parsed = parsePhoneNumberFromString(written)?.number;
  const settled =
    parsed !== undefined && E164.test(parsed) && parsePhoneNumberFromString(parsed)?.number === parsed;
  const e164 = settled ? parsed : digits;
  return E164.test(e164) ? e164 : null;
}

// The common case at a hundredth of the library's cost. A zero after the calling code belongs to the number in few
// countries (Italy, Ivory Coast …); which ones is left to the library.
function inE164(raw: string): Phone | null {
  if (!E164.test(raw)) return null;
  const code = callingCode(raw);
  if (code !== null && raw.charCodeAt(1 + code.length) === 48) return null;
  return { e164: raw, country: countryOf(raw, code) };
}

function supported(country: Country | undefined): CountryCode | null {
  return country !== undefined && isSupportedCountry(country) ? country : null;
}

/** A number as people write it abroad: `+44 7700 900001`. */
export function formatPhone(e164: string): string {
  const phone: PhoneNumber | undefined = parsePhoneNumberFromString(e164);
  return phone?.formatInternational() ?? e164;
}
