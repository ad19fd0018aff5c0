import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number as its country writes it from abroad ("+44 7700 900123"); what is no number stays as it is. */
export function formatPhone(phone: string): string {
  const parsed = phone.startsWith('+') ? parsePhoneNumberFromString(phone) : undefined;
  return parsed ? parsed.formatInternational() : phone;
}
