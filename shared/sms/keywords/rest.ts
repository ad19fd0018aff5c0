import { withoutWords } from '../text.ts';
import type { Entry } from './entry.ts';

/** What stands behind the leading words of a keyword. */
export function afterLeading<T>(
  { words: { length }, joined }: Entry<T>,
  text: string,
  parts: readonly string[],
): string {
  const next = parts[length];
  if (next === undefined) return '';
  // Nearly always the words stand one space apart, and what follows them is a slice.
  const plain = text.startsWith(joined) && text.startsWith(` ${next}`, joined.length);
  return plain ? text.slice(joined.length + 1) : withoutWords(text, 0, length);
}

/** A text without the first place where the words of a phrase stand in a row. */
export function withoutPhrase<T>({ words }: Entry<T>, text: string, parts: readonly string[]): string {
  const from = parts.findIndex((_, at) => words.every((word, i) => parts[at + i] === word));
  return withoutWords(text, from, words.length);
}

/** A text without the characters that a keyword took, tidy at the seam. */
export const without = (text: string, from: number, to: number): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();
