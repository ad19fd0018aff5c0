import { LONGEST_CODES_TEXT, MOST_CODES } from '#shared/api/vouchers.ts';

/** How many lines of a text hold something; a text may be large, so it is gone through once and copied nowhere. */
export function filledLines(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    while (at < end && text.charCodeAt(at) <= SPACE) at++;
    if (at < end) lines++;
    at = end + 1;
  }
  return lines;
}
const SPACE = 32;

/** Why a text need not be handed over at all; null: the server looks through it. */
export function hopeless(text: string, lines: number): string | null {
  if (lines === 0) return 'There is no code in it.';
  // The first line may name the columns.
  if (lines > MOST_CODES + 1 || text.length > LONGEST_CODES_TEXT)
    return 'At most 1,000,000 codes at once. Load them in several files.';
  return null;
}
