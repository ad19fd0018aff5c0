import { assertNever } from '#shared/assert-never.ts';
import { normalise, words as wordsOf } from '#shared/sms/text.ts';
import type { Captured } from './captured.ts';
import type { WordTest } from './reply-test.ts';

/** Words for everybody, and more for those who speak another language. */
export interface LanguageWords {
  words: readonly string[];
  byLanguage?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The words that count for a language: the first language's for everybody, and its own. */
export function wordsFor({ words, byLanguage = {} }: LanguageWords, language: string): string[] {
  const short = language.split('-')[0] ?? language;
  return [...words, ...(byLanguage[language] ?? byLanguage[short] ?? [])];
}

/** A word or phrase as it is looked for. */
interface Sought {
  typed: string;
  parts: readonly string[];
}

/** Makes a test for words ready: what of them a normalised reply has, as the author wrote it, or null. */
export function wordReader(test: WordTest, language: string): (normalised: string) => Captured | null {
  const sought = wordsFor(test, language).flatMap((typed): Sought[] => {
    const parts = wordsOf(normalise(typed));
    return parts.length === 0 ? [] : [{ typed, parts }];
  });
  const looked = (normalised: string): { said: string[]; found: Found[] } => {
    const said = wordsOf(normalised);
    return {
      said,
      found: sought.flatMap((one) => {
        const at = said.findIndex((_, place) => one.parts.every((part, n) => said[place + n] === part));
        return at < 0 ? [] : [{ ...one, at }];
      }),
    };
  };
  switch (test.test) {
    case 'any':
    case 'phrase':
      return (normalised) => captured(looked(normalised).found);
    case 'begins':
      return (normalised) => captured(looked(normalised).found.filter(({ at }) => at === 0));
    case 'all':
      return (normalised) => {
        const { found } = looked(normalised);
        if (found.length === 0 || found.length < sought.length) return null;
        const value = found.map(({ typed }) => typed).join(' ');
        return { value, leads: found.some(({ at }) => at === 0) };
      };
    case 'only': {
      const allowed = new Set(sought.flatMap(({ parts }) => parts));
      return (normalised) => {
        const { said } = looked(normalised);
        if (said.length === 0 || !said.every((word) => allowed.has(word))) return null;
        return { value: said.join(' '), leads: true };
      };
    }
    default:
      return assertNever(test);
  }
}

interface Found extends Sought {
  at: number;
}

/** The longest of what was found, the author's first where several are as long. */
function captured(found: readonly Found[]): Captured | null {
  const [first] = found.toSorted((a, b) => b.parts.length - a.parts.length);
  return first ? { value: first.typed, leads: first.at === 0 } : null;
}
