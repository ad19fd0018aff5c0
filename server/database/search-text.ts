/** A pattern for ILIKE that finds `words` anywhere; its wild cards are taken literally. */
export const anywhere = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/** The digits of a search that looks for a phone number, as `+44 7700 900` or `07700 900` do; null for other words. */
export function phoneDigits(words: string): string | null {
  const digits = words.replace(/\D/g, '').replace(/^0+/, '');
  return /^\+?[\d\s().-]{3,}$/.test(words) && digits.length >= 3 ? digits : null;
}
