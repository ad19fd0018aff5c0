import { type AnswerWords, answerMatcher } from '../engine/classify.ts';
import type { Classified, Classifier, Reply } from '../engine/node-kind.ts';
import type { Captured } from './captured.ts';
import { closeMatcher } from './close-words.ts';
import { type LanguageWords, wordsFor } from './read-words.ts';
import type { ReplyTest } from './reply-test.ts';
import { testReader } from './test-reader.ts';

/** A meaning that replies are told apart by: words that say it, and tests that find it. */
export interface ReplyCategory extends Partial<LanguageWords> {
  id: string;
  tests?: readonly ReplyTest[] | undefined;
}

/** The words of each category that count for a language. */
const categoryWords = (categories: readonly ReplyCategory[], language: string): AnswerWords[] =>
  categories.map(({ id, words = [], byLanguage }) => ({
    id,
    words: wordsFor({ words, byLanguage }, language),
  }));

/**
 * Builds the classifier of a list of categories. Words come first: the whole reply, else the longest it begins with. Then the
 * tests, in the order of the categories; then words with a typo, where the author allows that; "anything" comes last. Null means
 * none of them. What is kept is the category of a word, and of a test what it found: never the whole text.
 */
export function categoryClassifier(
  categories: readonly ReplyCategory[],
  options: { typos: boolean },
): (reply: Reply, language: string) => Classified | null {
  const byLanguage = new Map<string, Readers>();
  return (reply, language) => {
    let readers = byLanguage.get(language);
    if (!readers) {
      readers = readersFor(categories, language, options);
      if (byLanguage.size < 100) byLanguage.set(language, readers);
    }
    const { exact, tests, close, anything } = readers;
    const named = exact(reply.normalised);
    if (named !== null) return { category: named, value: named, explicit: true };
    for (const { id, read } of tests) {
      const found = read(reply);
      if (found) return { category: id, value: found.value, explicit: found.leads };
    }
    // A slip of the thumb never wins over a keyword that somebody typed right.
    const meant = close(reply.normalised);
    if (meant !== null) return { category: meant, value: meant, explicit: false };
    return anything === null ? null : { category: anything, value: reply.text, explicit: false };
  };
}

/** The same with a last category for whatever is none of them. */
export function withOther(
  classify: (reply: Reply, language: string) => Classified | null,
  other = 'other',
): Classifier {
  return (reply, language) =>
    classify(reply, language) ?? { category: other, value: reply.text, explicit: false };
}

interface Readers {
  exact: (normalised: string) => string | null;
  tests: { id: string; read: (reply: Reply) => Captured | null }[];
  close: (normalised: string) => string | null;
  anything: string | null;
}

function readersFor(
  categories: readonly ReplyCategory[],
  language: string,
  { typos }: { typos: boolean },
): Readers {
  const answers = categoryWords(categories, language);
  const tests = categories.flatMap(({ id, tests = [] }) => tests.map((test) => ({ id, test })));
  return {
    exact: answerMatcher(answers),
    tests: tests
      .filter(({ test }) => test.test !== 'anything')
      .map(({ id, test }) => ({ id, read: testReader(test, language) })),
    close: typos ? closeMatcher(answers, language) : () => null,
    anything: tests.find(({ test }) => test.test === 'anything')?.id ?? null,
  };
}
