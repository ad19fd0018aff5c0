import type { ReplyWords } from '../engine/node-kind.ts';
import { type Category, categoryLabel } from './category-schema.ts';
import { isWordTest } from './reply-test.ts';

/** The lists of words of some categories that can be translated; `field` is where the categories stand in the config. */
export const replyWordsOf = (field: string, categories: readonly Category[]): ReplyWords[] =>
  categories.flatMap((category) => {
    const { id, words, byLanguage = {}, tests = [] } = category;
    const label = categoryLabel(category);
    const path = `${field}.${id}`;
    const inTests = tests.flatMap((test, at) =>
      isWordTest(test)
        ? [{ field: `${path}.tests.${at}`, label, words: test.words, byLanguage: test.byLanguage ?? {} }]
        : [],
    );
    return [{ field: path, label, words, byLanguage }, ...inTests];
  });
