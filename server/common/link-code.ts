import { randomBytes } from 'node:crypto';

/** No letters that are mistaken for one another, and no vowels, so that no code spells a word. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxyzBCDFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** What a code looks like where none is needed: as long as any. */
export const EXAMPLE_LINK_CODE = 'x'.repeat(LENGTH);

/** A code for a short link: 45 bits of chance, so that nobody guesses somebody else's. */
export function newLinkCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of randomBytes(LENGTH * 2)) {
      // 240 is the last multiple of 48 that a byte holds, so that every letter is as likely.
      if (byte < 240 && code.length < LENGTH) code += ALPHABET[byte % ALPHABET.length];
    }
  }
  return code;
}
