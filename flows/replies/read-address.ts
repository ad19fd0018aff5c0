import { countryOf } from '#shared/sms/calling-codes.ts';
import { parsePhone } from '#shared/sms/phone.ts';

const EMAIL = /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w-])/i;
/** What phones and people make of it: "mailto:", spaces around the sign, a full stop at the end. */
const SPACED_AT = /\s*(?:@|\(at\)|\[at\])\s*/gi;

/** The e-mail address a text holds, in lower case after the @; null where there is none. */
export function readEmail(text: string): string | null {
  const found = EMAIL.exec(text.normalize('NFKC').replace(SPACED_AT, '@'))?.[0];
  if (found === undefined || found.includes('..')) return null;
  const at = found.lastIndexOf('@');
  const local = found.slice(0, at).replace(/^[.%]+/, '');
  return local === '' || local.endsWith('.') ? null : `${local}${found.slice(at).toLowerCase()}`;
}

const NUMBER = /(?:\+|\b00)?\(?\d[\d\s().\-/]{5,30}\d/g;

/** Shorter ones lack their area code, and might be anybody's. */
const FEWEST_DIGITS = 8;

/**
 * The phone number a text holds, in E.164: written with + or 00, or as in `country`. Null where there is none, or where digits
 * are no number of that country.
 */
export function readPhone(text: string, country: string | null): string | null {
  for (const [written] of text.normalize('NFKC').matchAll(NUMBER)) {
    const isAbroad = /^(?:\+|00)/.test(written);
    if (!isAbroad && written.replace(/\D/g, '').length < FEWEST_DIGITS) continue;
    const phone = parsePhone(written.trim(), country ?? undefined);
    if (!phone) continue;
    if (isAbroad || (country !== null && phone.country === country)) return phone.e164;
  }
  return null;
}

/** The country whose national numbers are understood: what the author said, else where the person's own number is from. */
export const phoneCountry = (said: string | undefined, phone: string | undefined): string | null =>
  said ?? (phone === undefined ? null : countryOf(phone));
