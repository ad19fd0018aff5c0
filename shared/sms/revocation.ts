import { languageCode } from './language-words.ts';
import { matchReserved, type ReservedWords } from './reserved-words.ts';
import { REVOCATION_WORDS, STOP_SIGNS, STOP_SLIPS } from './revocation-words.ts';
import { words } from './text.ts';

/** A wish to hear no more: `certain` revokes at once, `unsure` freezes what needs consent until a person has decided. */
export interface Revocation {
  readonly certainty: 'certain' | 'unsure';
  /** The words that say so, normalised. */
  readonly words: string;
}

/**
 * Reads a wish to hear no more from a normalised text, in the program's languages and always in English: in the US any words
 * a reasonable person would understand revoke [47 CFR 64.1200(a)(10)]. "Stop. Thank you" is certain, "stop by tomorrow?"
 * unsure, "we have got to stop this terrible bill" none. What is unsure, and a slip of the thumb, comes after a keyword
 * or answer that names the text.
 */
export function revocation(
  normalisedText: string,
  reserved: ReservedWords,
  languages: readonly string[],
): Revocation | null {
  const known = phrasesOf(languages);
  const said = withoutCourtesy(words(normalisedText), known.courtesy);
  const [first] = said;
  if (first === undefined) return null;
  const text = said.join(' ');

  const isStop = (part: string): boolean => matchReserved(part, reserved)?.kind === 'stop';
  const saysStop = (word: string): boolean => isStop(word) || STOP_SIGNS.has(word) || STOP_SLIPS.has(word);
  if (isStop(text) || said.every(saysStop)) return { certainty: 'certain', words: text };

  const beginsWith = (phrase: string): boolean =>
    text.startsWith(phrase) && (text.length === phrase.length || text.charAt(phrase.length) === ' ');
  const request = known.requests.find(beginsWith);
  if (request !== undefined) return { certainty: 'certain', words: request };
  const hint = isStop(first) ? first : known.hints.find(beginsWith);
  return hint === undefined ? null : { certainty: 'unsure', words: hint };
}

interface Phrases {
  readonly courtesy: ReadonlySet<string>;
  readonly requests: readonly string[];
  readonly hints: readonly string[];
}

const CACHE_LIMIT = 1000;
const cache = new Map<string, Phrases>();

// Nearly every text that is no keyword is read for a wish to stop, so the phrases of a program are put together once.
function phrasesOf(languages: readonly string[]): Phrases {
  const key = languages.join(' ');
  const ready = cache.get(key);
  if (ready !== undefined) return ready;
  const codes = new Set(['en', ...languages.map(languageCode)]);
  const known = [...codes].flatMap((code) => REVOCATION_WORDS[code] ?? []);
  const phrases = {
    courtesy: new Set(known.flatMap(({ courtesy }) => courtesy)),
    requests: known.flatMap(({ requests }) => requests),
    hints: known.flatMap(({ hints }) => hints),
  };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, phrases);
  return phrases;
}

function withoutCourtesy(said: readonly string[], courtesy: ReadonlySet<string>): readonly string[] {
  const from = said.findIndex((word) => !courtesy.has(word));
  const to = said.findLastIndex((word) => !courtesy.has(word));
  return from < 0 ? [] : said.slice(from, to + 1);
}
