import { REVOCATION_WORDS, type RevocationWords } from './revocation-words.ts';
import { words } from './text.ts';

/** The words of several languages, put together so that a text is read in one pass. */
export interface Phrases {
  readonly courtesy: ReadonlySet<string>;
  /** As whole texts, their words joined by spaces. */
  readonly alone: ReadonlySet<string>;
  readonly objects: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  readonly medium: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
  readonly anger: ReadonlySet<string>;
  readonly requests: PhraseBook;
  readonly hints: PhraseBook;
}

/** Phrases by their first word; the longest is found first. */
class PhraseBook {
  private readonly byFirst = new Map<string, string[][]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const parts = words(phrase);
      const [first] = parts;
      if (first === undefined) continue;
      const known = this.byFirst.get(first);
      if (known) known.push(parts);
      else this.byFirst.set(first, [parts]);
    }
    for (const known of this.byFirst.values()) known.sort((a, b) => b.length - a.length);
  }

  /** The phrase that begins at a word of the text, or null. */
  at(said: readonly string[], at: number): string | null {
    const first = this.byFirst.get(said[at] ?? '');
    const found = first?.find((parts) => parts.every((part, offset) => said[at + offset] === part));
    return found?.join(' ') ?? null;
  }
}

const CACHE_LIMIT = 1000;
const cache = new Map<string, Phrases>();

/** The phrases of these languages. Nearly every text that is no keyword is read, so they are put together once. */
export function phrasesOf(codes: readonly string[]): Phrases {
  const key = codes.join(' ');
  const ready = cache.get(key);
  if (ready !== undefined) return ready;
  const known = [...new Set(codes)].flatMap((code) => REVOCATION_WORDS[code] ?? []);
  const all = (kind: keyof RevocationWords): string[] => known.flatMap((one) => one[kind]);
  const phrases = {
    courtesy: new Set(all('courtesy')),
    alone: new Set(all('alone').map((text) => words(text).join(' '))),
    objects: new Set(all('objects')),
    elsewhere: new Set(all('elsewhere')),
    medium: new Set(all('medium')),
    negations: new Set(all('negations')),
    others: new Set(all('others')),
    anger: new Set(all('anger')),
    requests: new PhraseBook(all('requests')),
    hints: new PhraseBook(all('hints')),
  };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, phrases);
  return phrases;
}
