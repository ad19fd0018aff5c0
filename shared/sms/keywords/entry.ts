import type { KeywordBinding, KeywordMatch, MatchKind } from './binding.ts';

/** A binding made ready for lookups. */
export interface Entry<T> {
  readonly binding: KeywordBinding<T>;
  /** Its normalised words; none for a pattern. */
  readonly words: readonly string[];
  readonly joined: string;
  /** How specific it is; see `scoreOf`. */
  readonly score: number;
  /** Its place in the order of definition. */
  readonly order: number;
}

/** Whether a binding counts here and now; a keyword may be out of its time, or for other people. */
export type Applies<T> = (target: T) => boolean;

const KIND: Readonly<Record<MatchKind, number>> = {
  exact: 6,
  'first-word': 5,
  'sub-keyword': 5,
  phrase: 4,
  contains: 3,
  pattern: 2,
  close: 1,
};

/**
 * How specific a match is: a million for each step of its kind, a hundred thousand less for a typo, a thousand for a word,
 * one for a letter. The higher wins; among equals, the one defined first. A `close` keyword that is typed right counts as
 * leading words.
 */
export function scoreOf(match: MatchKind, words: number, letters: number, typos = 0): number {
  const kind = match === 'close' && typos === 0 ? KIND['first-word'] : KIND[match];
  return kind * 1_000_000 - typos * 100_000 + Math.min(words, 99) * 1_000 + Math.min(letters, 999);
}

/** The order in which bindings are preferred. */
export const byPreference = <T>(a: Entry<T>, b: Entry<T>): number => b.score - a.score || a.order - b.order;

/** The best of some entries that count, or undefined. */
export function bestOf<T>(
  entries: Iterable<Entry<T>>,
  applies: Applies<T> | undefined,
): Entry<T> | undefined {
  let best: Entry<T> | undefined;
  for (const entry of entries) {
    const better = best === undefined || byPreference(entry, best) < 0;
    if (better && (applies === undefined || applies(entry.binding.target))) best = entry;
  }
  return best;
}

/** An entry that was met, with what it took of the text. */
export const matchOf = <T>(entry: Entry<T>, matched: string, rest: string): KeywordMatch<T> => ({
  binding: entry.binding,
  matched,
  rest,
  score: entry.score,
  typos: 0,
});

/** Files an entry under a key. */
export function fileUnder<T>(map: Map<string, Entry<T>[]>, key: string, entry: Entry<T>): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}
