import type { Country } from './calling-codes.ts';
import type { WordSet } from './countries/country-rules.ts';
import { countryRules } from './countries/index.ts';
import { LANGUAGE_WORDS } from './language-words.ts';
import { normalise } from './text.ts';

export type ReservedKind = 'stop' | 'start' | 'help';

/** A reserved word that a message is. `yields`: a keyword or answer that names the word goes first. */
export interface ReservedMatch {
  readonly kind: ReservedKind;
  readonly word: string;
  readonly yields: boolean;
}

/** The reserved words in force for one sender, by their normalised form. */
export type ReservedWords = ReadonlyMap<string, ReservedMatch>;

const cache = new Map<string, ReservedWords>();

/**
 * The words in force for a sender of `country` whose program speaks `languages` (`en`, `fr-CA` …): the country's and these
 * languages', never the union of all, for RET and BAJA are ordinary words elsewhere.
 */
export function reservedWords(country: Country, languages: readonly string[]): ReservedWords {
  const key = `${country} ${languages.join(' ')}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= 1000) cache.clear();
  const rules = countryRules(country);
  const spoken = languages.flatMap((language) => LANGUAGE_WORDS[language.slice(0, 2).toLowerCase()] ?? []);
  const found = new Map<string, ReservedMatch>();
  // First come, first served: STOP is never taken for anything else, a country's word goes before a language's.
  collect(found, 'stop', [...rules.stop, ...spoken.flatMap((language) => language.stop)]);
  collect(found, 'help', [...rules.help, ...spoken.flatMap((language) => language.help)]);
  collect(found, 'start', rules.start);
  cache.set(key, found);
  return found;
}

/** The reserved word that a normalised message is as a whole, or null. `stop please` is no reserved word. */
export function matchReserved(normalisedText: string, words: ReservedWords): ReservedMatch | null {
  return words.get(normalisedText) ?? null;
}

function collect(found: Map<string, ReservedMatch>, kind: ReservedKind, sets: readonly WordSet[]): void {
  for (const set of sets) {
    for (const word of set.words) {
      const form = normalise(word);
      if (!found.has(form)) found.set(form, { kind, word, yields: set.yields ?? false });
    }
  }
}
