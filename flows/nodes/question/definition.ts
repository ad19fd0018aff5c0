import { z } from 'zod';
import { nameSchema, textSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import { capture, type Classifier, defineNode, type Port, SUPPRESSED } from '../../engine/node-kind.ts';
import { repeatedIds } from '../../engine/repeated-ids.ts';
import { categoryClassifier, withOther } from '../../replies/categories.ts';
import {
  catchAll,
  categoryHint,
  categoryLabel,
  categorySchema,
  wordsOfCategory,
} from '../../replies/category-schema.ts';
import { categoryExamples } from '../../replies/examples.ts';
import { replyWordsOf } from '../../replies/reply-words.ts';

/** Port names a question has of its own, which no answer may take. */
export const OWN_PORTS = ['other', 'answered', 'timeout', 'suppressed'];

export const questionConfig = z.strictObject({
  text: textSchema('Write the question.'),
  /** The answers it tells apart; none means that any text is the answer. */
  answers: z.array(categorySchema(OWN_PORTS)).max(12).default([]),
  /** Whether a slip of the thumb in a longer word is forgiven. */
  typos: z.boolean().optional(),
  /** The name under which the answer is kept ("size" → {{answers.size}}). */
  saveAs: nameSchema.optional(),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
  purpose: z.enum(['reply', 'service']).default('reply'),
});
export type QuestionConfig = z.infer<typeof questionConfig>;

const OTHER: Port = { id: 'other', label: 'Anything else', required: true, open: 'completed' };

const isFree = (config: QuestionConfig): boolean => config.answers.length === 0;

/** Asks, waits for a reply, and goes on by what the person answered. */
export const question = defineNode<QuestionConfig>({
  kind: 'question',
  family: 'ask',
  title: 'Ask a question',
  summary: 'Asks, waits for a reply, and goes on by what the person answered.',
  schema: questionConfig,
  initial: () => ({
    text: 'Would you like to hear more? Reply YES or NO.',
    answers: [
      { id: 'yes', words: ['YES', 'Y', 'OK'] },
      { id: 'no', words: ['NO', 'N'] },
    ],
    typos: true,
    retries: 1,
    timeout: '24h',
    purpose: 'reply',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  ports: (config) => [
    ...(isFree(config)
      ? [{ id: 'answered', label: 'Any reply', required: true, open: 'completed' } satisfies Port]
      : [
          ...config.answers.map(
            (answer): Port => ({
              id: answer.id,
              label: categoryLabel(answer),
              hint: categoryHint(answer),
              required: true,
              open: 'completed',
            }),
          ),
          ...(catchAll(config.answers) === null ? [OTHER] : []),
        ]),
    ...timeoutPorts(config.timeout),
    SUPPRESSED,
  ],
  texts: (config) => [
    { field: 'text', template: config.text },
    ...(config.retryText ? [{ field: 'retryText', template: config.retryText }] : []),
  ],
  sets: (config) => (config.saveAs ? [`answers.${config.saveAs}`] : []),
  words: ({ answers }, language) =>
    answers.map((answer) => ({ id: answer.id, words: wordsOfCategory(answer, language) })),
  replyWords: ({ answers }) => replyWordsOf('answers', answers),
  classifier,
  examples: (config, language): Record<string, string[]> =>
    isFree(config) ? { answered: ['Blue'] } : categoryExamples(config.answers, classifier(config), language),
  check: ({ answers, timeout }) => [...repeatedIds(answers, 'answers'), ...endless(timeout)],
  states: (config, to) => {
    const keep = config.saveAs ? [capture(config.saveAs)] : [];
    return askingStates(
      {
        purpose: config.purpose,
        retries: isFree(config) || catchAll(config.answers) !== null ? 0 : config.retries,
        retryField: config.retryText ? 'retryText' : null,
        timeout: config.timeout ?? null,
        replies: isFree(config)
          ? { answered: to('answered', ...keep) }
          : Object.fromEntries(config.answers.map((answer) => [answer.id, to(answer.id, ...keep)])),
        unclear: to(isFree(config) ? 'answered' : (catchAll(config.answers) ?? 'other'), ...keep),
      },
      to,
    );
  },
});

function classifier(config: QuestionConfig): Classifier {
  if (isFree(config)) return ({ text }) => ({ category: 'answered', value: text, explicit: false });
  return withOther(categoryClassifier(config.answers, { typos: config.typos ?? false }));
}
