import { z } from 'zod';
import { portIdSchema, wordsSchema } from '../definition/config-parts.ts';
import { describeTest } from './describe.ts';
import { wordsFor } from './read-words.ts';
import { isWordTest, replyTestSchema } from './reply-test.ts';

/** A category of replies as a node stores it: words that mean it, tests that find it, or both. `taken` are names of the node's own. */
export const categorySchema = (taken: readonly string[]) =>
  z
    .strictObject({
      id: portIdSchema(taken),
      label: z.string().max(60).optional(),
      words: wordsSchema.default([]),
      /** More words for people who speak another of the flow's languages. */
      byLanguage: z.record(z.string().min(2).max(12), wordsSchema).optional(),
      tests: z.array(replyTestSchema).max(10).optional(),
    })
    .refine(({ words, tests = [] }) => words.length + tests.length > 0, {
      message: 'Give at least one word that means this answer.',
      path: ['words'],
    });

export type Category = z.infer<ReturnType<typeof categorySchema>>;

/** What a category is called on a card: its label, else its first word or test. */
export function categoryLabel({ id, label, words, tests = [] }: Category): string {
  const [test] = tests;
  return label ?? words[0] ?? (test ? describeTest(test) : id);
}

/** What leads to a category, for the row on the card: "YES · yeah · a number over 3". */
export const categoryHint = ({ words, tests = [] }: Category): string =>
  [...words, ...tests.map(describeTest)].slice(0, 4).join(' · ');

/** Every word that may mean a category in a language, for telling it apart from keywords and reserved words. */
export const wordsOfCategory = ({ words, byLanguage, tests = [] }: Category, language: string): string[] => [
  ...wordsFor({ words, byLanguage }, language),
  ...tests.filter(isWordTest).flatMap((test) => wordsFor(test, language)),
];

/** The category that takes whatever nothing else does, if there is one. */
export const catchAll = (categories: readonly Category[]): string | null =>
  categories.find(({ tests = [] }) => tests.some(({ test }) => test === 'anything'))?.id ?? null;
