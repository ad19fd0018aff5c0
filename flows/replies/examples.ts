import { assertNever } from '#shared/assert-never.ts';
import { normalise } from '#shared/sms/text.ts';
import { noWords, yesWords } from '../engine/classify.ts';
import type { Classifier } from '../engine/node-kind.ts';
import { unclearExamples } from '../engine/unclear-example.ts';
import type { ReplyCategory } from './categories.ts';
import { wordsFor } from './read-words.ts';
import type { ReplyTest, TestOf } from './reply-test.ts';

const MOST = 3;

/**
 * Texts that classify back to each category, and to none of them (`other`). A category that no text alone can mean, such as a
 * picture, has none.
 */
export function categoryExamples(
  categories: readonly ReplyCategory[],
  classify: Classifier,
  language: string,
): Record<string, string[]> {
  const examples: Record<string, string[]> = {};
  for (const { id, tests = [], words = [], byLanguage } of categories) {
    const tried = [
      ...wordsFor({ words, byLanguage }, language),
      ...tests.flatMap((test) => textsFor(test, language)),
    ];
    examples[id] = [...new Set(tried)].filter((text) => means(text, id, classify, language)).slice(0, MOST);
  }
  const isCatchAll = categories.some(({ tests = [] }) => tests.some(({ test }) => test === 'anything'));
  return isCatchAll ? examples : { ...examples, other: unclearExamples(classify, language) };
}

const means = (text: string, category: string, classify: Classifier, language: string): boolean =>
  classify({ text, normalised: normalise(text) }, language).category === category;

/** Texts that are likely to pass a test; whether they do is for the classifier to say. */
export function textsFor(test: ReplyTest, language: string): string[] {
  switch (test.test) {
    case 'any':
    case 'only':
    case 'phrase':
    case 'begins':
      return wordsFor(test, language);
    case 'all':
      return [wordsFor(test, language).join(' ')];
    case 'number':
      return numbersFor(test).map(String);
    case 'date':
    case 'moment': {
      const bounds = [test.from, test.to].filter((bound) => bound !== undefined && /^\d/.test(bound));
      return [...DATES, ...bounds].map((date) => (test.test === 'date' ? String(date) : `${date} 17:30`));
    }
    case 'time':
      return [test.from ?? '17:30', test.to ?? '09:15', '17:30', '12:00'];
    case 'yes':
      return [...yesWords(language)];
    case 'no':
      return [...noWords(language)];
    case 'email':
      return ['ada@example.com'];
    case 'phone':
      return ['+12025550123'];
    case 'pattern':
      return [test.example];
    case 'media':
      return [];
    case 'anything':
      return ['Blue', 'What is this?', 'Purple elephants'];
    default:
      return assertNever(test);
  }
}

/** Near and far, before and after whatever day it may be. */
const DATES = [
  '24 december 2090',
  'tomorrow',
  'today',
  'yesterday',
  '2001-03-01',
  '1969-07-20',
  '2030-06-15',
];

function numbersFor({ equals, under, over, least, most }: TestOf<'number'>): number[] {
  const bounds = [equals, under, over, least, most].flatMap((value) => value ?? []);
  const near = bounds.flatMap((value) => [value, value - 1, value + 1, value - 0.5, value + 0.5]);
  const [low = 0, high = 0] = [Math.min(...bounds), Math.max(...bounds)];
  return bounds.length === 0 ? [2, 10, 42] : [...near, (low + high) / 2];
}
