import { isGsm7 } from './gsm7.ts';

// What people paste from a word processor or a web page, and what says the same in GSM-7.
const BY_MEANING: ReadonlyArray<readonly [chars: string, replacement: string]> = [
  ['‘’‚‛′‵ʹʻʼʽˈ´`', "'"],
  ['“”„‟″‶«»〝〞', '"'],
  ['‐‑‒–—―−﹘﹣⁃', '-'],
  ['‹', '<'],
  ['›', '>'],
  ['…', '...'],
  ['•·‣●▪◦∙', '-'],
  ['\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000', ' '],
  ['\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f', ''],
  ['\u0085\u2028\u2029', '\n'],
  ['™', '(TM)'],
  ['®', '(R)'],
  ['©', '(C)'],
  ['×', 'x'],
  ['÷', '/'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '<>'],
  ['±', '+/-'],
  ['→', '->'],
  ['←', '<-'],
  ['°º', 'o'],
  ['ª', 'a'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['đ', 'd'],
  ['Đ', 'D'],
  ['ł', 'l'],
  ['Ł', 'L'],
  ['ı', 'i'],
  ['ẞ', 'SS'],
  ['₤', '£'],
  ['¢', 'c'],
];

const SUGGESTIONS: ReadonlyMap<string, string> = new Map(
  BY_MEANING.flatMap(([chars, replacement]) => Array.from(chars, (char) => [char, replacement] as const)),
);

/** A GSM-7 text that can stand for a character outside the alphabet (’ → ', ê → e), or null when there is none (emoji). */
export function suggestGsm7(char: string): string | null {
  const known = SUGGESTIONS.get(char);
  if (known !== undefined) return known;
  const unaccented = char.normalize('NFKD').replace(/\p{M}+/gu, '');
  if (unaccented === '') return /^\p{M}$/u.test(char) ? '' : null;
  return isGsm7(unaccented) ? unaccented : null;
}
