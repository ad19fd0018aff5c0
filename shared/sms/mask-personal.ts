import { PERSONAL_NUMBERS } from './countries/personal-numbers.ts';
import { findCards } from './card-numbers.ts';
import { clean } from './text.ts';

/** What a person texted, as it is stored and decided on, the same in the browser and on the server: clean, and without what is never kept. */
export const heard = (raw: string): string => maskPersonal(clean(raw));

/**
 * Hides the numbers of payment cards, and those by which a state or a health service knows one person: of a card the last four digits stay,
 * of the others none; what else stands in the text stays. Masking twice changes nothing. A text without six digits in a row, signs
 * between them included, costs one look.
 */
export function maskPersonal(text: string): string {
  if (!LONG_NUMBER.test(text)) return text;
  const cards = findCards(text);
  let masked = cards.reduce((now, { from, to }) => hide(now, from, to, KEPT_OF_CARD), text);
  // Whoever texts a card texts what is on its back as well, which nobody may keep.
  const behind = cards.at(-1)?.to ?? text.length;
  masked = masked.replace(CODE, (code, at: number) =>
    at >= behind && at < behind + NEAR ? hideDigits(code) : code,
  );
  for (const { pattern, holds, beside } of PERSONAL_NUMBERS) {
    if (beside && !beside.test(masked)) continue;
    masked = masked.replace(pattern, (found) =>
      holds === undefined || holds(found.replace(/\D/g, '')) ? hideDigits(found) : found,
    );
  }
  return masked;
}

/** A text without its digits, of any script, for answers of which nothing but the outcome is kept. */
export const hideDigits = (text: string): string => text.replace(/\p{Nd}/gu, DOT);

const LONG_NUMBER = /\d[\d\s.-]{4,}\d/;
const DOT = '•';
const KEPT_OF_CARD = 4;
/** The code of a card stands close behind its number. */
const NEAR = 24;
const CODE = /(?<!\d)\d{3,4}(?!\d)/g;

/** Hides the digits between two places but for the last few. */
function hide(text: string, from: number, to: number, kept: number): string {
  let left = text.slice(from, to).replace(/\D/g, '').length - kept;
  const hidden = text.slice(from, to).replace(/\d/g, (digit) => (left-- > 0 ? DOT : digit));
  return text.slice(0, from) + hidden + text.slice(to);
}
