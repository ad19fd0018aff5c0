import { type Entry, fileUnder } from './entry.ts';

/** Keywords that are words in a row anywhere in a text, filed by their first word. */
export class Phrases<T> {
  readonly #byFirst = new Map<string, Entry<T>[]>();

  add(entry: Entry<T>): void {
    fileUnder(this.#byFirst, entry.words[0] ?? '', entry);
  }

  /** Every entry that the words of a text hold. */
  met(parts: readonly string[]): Iterable<Entry<T>> {
    if (this.#byFirst.size === 0) return [];
    const met = new Set<Entry<T>>();
    parts.forEach((part, from) => {
      for (const entry of this.#byFirst.get(part) ?? []) {
        if (standsAt(from, entry.words, parts)) met.add(entry);
      }
    });
    return met;
  }
}

/** Where the words of a phrase first stand. */
export const indexOfPhrase = (phrase: readonly string[], parts: readonly string[]): number =>
  parts.findIndex((_, from) => standsAt(from, phrase, parts));

const standsAt = (from: number, phrase: readonly string[], parts: readonly string[]): boolean =>
  phrase.every((word, i) => parts[from + i] === word);

// How many first characters of a `contains` keyword file it.
const STEM = 3;

/** Keywords that are characters anywhere in a text, filed by their first few. */
export class Contained<T> {
  readonly #byStem = new Map<string, Entry<T>[]>();

  add(entry: Entry<T>): void {
    fileUnder(this.#byStem, entry.joined.slice(0, STEM), entry);
  }

  /** Every entry that a text contains. */
  met(text: string): Iterable<Entry<T>> {
    if (this.#byStem.size === 0) return [];
    const met = new Set<Entry<T>>();
    for (let from = 0; from < text.length; from++) {
      for (let length = 1; length <= STEM; length++) {
        for (const entry of this.#byStem.get(text.slice(from, from + length)) ?? []) {
          if (text.startsWith(entry.joined, from)) met.add(entry);
        }
      }
    }
    return met;
  }
}

/** A text without the characters that a keyword took, tidy at the seam. */
export const without = (text: string, from: number, to: number): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();
