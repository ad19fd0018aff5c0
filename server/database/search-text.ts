/** A pattern for ILIKE that finds `words` anywhere; its wild cards are taken literally. */
export const anywhere = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/** The digits of a search that looks for a phone number, as `+44 7700 900` does; null for other words. */
export function phoneDigits(words: string): string | null {
  return /^\+?[\d\s().-]{3,}$/.test(words) && /\d{3}/.test(words.replace(/\D/g, ''))
    ? words.replace(/\D/g, '')
    : null;
}
