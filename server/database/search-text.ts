import { bind } from './bind.ts';

/** A pattern for ILIKE that finds `words` anywhere; its wild cards are taken literally. */
export const anywhere = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/** The digits of a search that looks for a phone number, as `+44 7700 900` or `07700 900` do; null for other words. */
export function phoneDigits(words: string): string | null {
  const digits = words.replace(/\D/g, '').replace(/^0+/, '');
  return /^\+?[\d\s().-]{3,}$/.test(words) && digits.length >= 3 ? digits : null;
}

/** The condition that a search is met: by some of these words, or by this phone number where it may be one. All are expressions. */
export function searched(
  search: string,
  { words, phone }: { words: readonly string[]; phone: string },
  values: unknown[],
): string {
  const pattern = bind(values, anywhere(search));
  const met = words.map((one) => `${one} ilike ${pattern}`);
  const digits = phoneDigits(search);
  if (digits) met.push(`${phone} like ${bind(values, anywhere(digits))}`);
  return `(${met.join(' or ')})`;
}
