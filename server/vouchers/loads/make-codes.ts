import { randomBytes } from 'node:crypto';

/** Digits and capitals that nobody takes for each other: no 0 and O, no 1, I and L. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** The bytes from here on would make some letters likelier than others. */
const FAIR = 256 - (256 % LETTERS.length);
/** Whoever tries so many finds one, at most. */
const TRIES_TO_GUESS = 1_000;

/** Codes by chance that nobody foresees; the same one may come twice. */
export function makeCodes(count: number, prefix: string, length: number): string[] {
  return Array.from({ length: count }, () => {
    let code = '';
    while (code.length < length)
      for (const byte of randomBytes(length))
        if (byte < FAIR && code.length < length) code += LETTERS[byte % LETTERS.length];
    return prefix + code;
  });
}

/** How long codes have to be so that of `count` nobody finds one by trying. */
export const leastLength = (count: number): number =>
  Math.ceil(Math.log(count * TRIES_TO_GUESS) / Math.log(LETTERS.length));
