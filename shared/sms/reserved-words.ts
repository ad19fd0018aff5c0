import type { Country } from './calling-codes.ts';
import type { ReservedSets } from './countries/country-rules.ts';
import { countryRules } from './countries/index.ts';
import { GATEWAY_WORDS } from './gateway-words.ts';
import { LANGUAGE_WORDS, languageCode } from './language-words.ts';
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

const CACHE_LIMIT = 1000;
const cache = new Map<string, ReservedWords>();

/**
 * The words in force for a sender of `country` on `gateway` (its folder's name) whose program speaks `languages` (`en`,
 * `fr-CA` …): the country's, these languages' and the gateway's own, never the union of all, for RET and BAJA are ordinary
 * words elsewhere.
 */
export function reservedWords(country: Country, languages: readonly string[], gateway = ''): ReservedWords {
  const key = `${country} ${gateway} ${languages.join(' ')}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const found = collectWords(country, languages, gateway);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, found);
  return found;
}

/** The reserved word that a normalised message is as a whole, or null. `stop please` is no reserved word. */
export function matchReserved(normalisedText: string, words: ReservedWords): ReservedMatch | null {
  return words.get(normalisedText) ?? null;
}

// First come, first served: STOP is never taken for anything else, and a country's word goes before the others'.
function collectWords(country: Country, languages: readonly string[], gateway: string): ReservedWords {
  const own = GATEWAY_WORDS[gateway];
  const carried = own && (own.countries?.includes(country) ?? true) ? [own] : [];
  const spoken = languages.flatMap((language) => LANGUAGE_WORDS[languageCode(language)] ?? []);
  const sources: ReservedSets[] = [countryRules(country), ...carried, ...spoken];
  const found = new Map<string, ReservedMatch>();
  for (const kind of ['stop', 'help', 'start'] as const) {
    for (const { words, yields = false } of sources.flatMap((source) => source[kind])) {
      for (const word of words) {
        const form = normalise(word);
        if (!found.has(form)) found.set(form, { kind, word, yields });
      }
    }
  }
  return found;
}
