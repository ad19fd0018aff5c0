import { normalise } from '#shared/sms/text.ts';

/** A category of replies and the words that mean it. */
export interface AnswerWords {
  id: string;
  words: readonly string[];
}

/**
 * Builds a matcher from reply words to categories. The whole reply equal to a word wins; else the longest word or phrase the
 * reply begins with ("yes please" → yes). Comparison is on normalised text; the first category named keeps a word given twice.
 */
export function answerMatcher(answers: readonly AnswerWords[]): (normalised: string) => string | null {
  const byWord = new Map<string, string>();
  let longest = 0;
  for (const answer of answers) {
    for (const word of answer.words) {
      const key = normalise(word);
      if (key === '' || byWord.has(key)) continue;
      byWord.set(key, answer.id);
      longest = Math.max(longest, key.split(' ').length);
    }
  }
  return (normalised) => {
    const whole = byWord.get(normalised);
    if (whole !== undefined) return whole;
    const parts = normalised.split(' ', longest + 1).map(bare);
    for (let length = Math.min(longest, parts.length); length > 0; length--) {
      const found = byWord.get(parts.slice(0, length).join(' '));
      if (found !== undefined) return found;
    }
    return null;
  };
}

/** What people add out of politeness without changing what they say. */
const POLITE =
  /^(?:please|pls|plz|thanks|thank you|thx|ty|s'il vous plait|s'il te plait|svp|stp|merci|bitte|danke|por favor|gracias)$/;

/** Like `answerMatcher`, but the word must be the whole reply, politeness aside ("yes please", not "yes but why?"). */
export function wholeAnswerMatcher(answers: readonly AnswerWords[]): (normalised: string) => string | null {
  const byWord = new Map<string, string>();
  for (const { id, words } of answers) {
    for (const word of words) {
      const key = normalise(word);
      if (key !== '' && !byWord.has(key)) byWord.set(key, id);
    }
  }
  return (normalised) => {
    const whole = byWord.get(normalised);
    if (whole !== undefined) return whole;
    const parts = normalised.split(' ', MAX_WHOLE_WORDS + 1).map(bare);
    for (let length = parts.length - 1; length > 0; length--) {
      const found = byWord.get(parts.slice(0, length).join(' '));
      if (found !== undefined && POLITE.test(parts.slice(length).join(' '))) return found;
    }
    return null;
  };
}

/** A reply of more words than this is a sentence. */
const MAX_WHOLE_WORDS = 8;

/** A word without the punctuation that hangs on it ("yes," → "yes"). */
const bare = (word: string): string => word.replace(/[.,!?;:)]+$/, '');

const YES: Record<string, readonly string[]> = {
  en: ['yes', 'y', 'yeah', 'yep', 'yup', 'ok', 'okay', 'sure'],
  fr: ['oui', 'ouais', 'ok', "d'accord"],
  de: ['ja', 'jo', 'ok', 'klar'],
  es: ['si', 'sí', 'ok', 'vale', 'claro'],
};
const NO: Record<string, readonly string[]> = {
  en: ['no', 'n', 'nope', 'no thanks'],
  fr: ['non', 'non merci'],
  de: ['nein', 'nein danke'],
  es: ['no', 'no gracias'],
};

/** Words for yes in a language, English always among them: people mix. */
export const yesWords = (language: string): readonly string[] => withEnglish(YES, language);
/** Words for no in a language, English always among them. */
export const noWords = (language: string): readonly string[] => withEnglish(NO, language);

function withEnglish(table: Record<string, readonly string[]>, language: string): readonly string[] {
  const english = table.en ?? [];
  const own = table[language.split('-')[0] ?? language];
  return own && own !== english ? [...own, ...english] : english;
}
