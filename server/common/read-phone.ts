import { parsePhone } from '#shared/sms/phone.ts';
import { Problem } from './problem.ts';

/** A number as somebody wrote it, as E.164; a national one is read as one of `country`. Throws a Problem for anything else. */
export function readPhone(phone: string, country: string | undefined, code = 'contact.phone'): string {
  const read = parsePhone(phone, country);
  if (read) return read.e164;
  throw Problem.unprocessable(code, NO_PHONE, { place: 'phone' });
}

/** What people are told of what is no number. */
export const NO_PHONE = 'This is no phone number. Write it as +44 7700 900001.';
