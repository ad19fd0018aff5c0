import { z } from 'zod';
import { nameSchema, portIdSchema, textSchema, wordsSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import { answerMatcher } from '../../engine/classify.ts';
import { capture, type Classifier, defineNode, type Port, SUPPRESSED } from '../../engine/node-kind.ts';
import { repeatedIds } from '../../engine/repeated-ids.ts';
import { unclearExamples } from '../../engine/unclear-example.ts';

/** Port names a question has of its own, which no answer may take. */
const OWN_PORTS = ['other', 'answered', 'timeout', 'suppressed'];

const answerSchema = z.strictObject({
  id: portIdSchema(OWN_PORTS),
  label: z.string().max(60).optional(),
  words: wordsSchema.min(1, 'Give at least one word that means this answer.'),
});

export const questionConfig = z.strictObject({
  text: textSchema('Write the question.'),
  /** The answers it tells apart; none means that any text is the answer. */
  answers: z.array(answerSchema).max(12).default([]),
  /** The name under which the answer is kept ("size" → {{answers.size}}). */
  saveAs: nameSchema.optional(),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
  purpose: z.enum(['reply', 'service']).default('reply'),
});
export type QuestionConfig = z.infer<typeof questionConfig>;

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
              label: answer.label ?? answer.words[0] ?? answer.id,
              hint: answer.words.slice(0, 4).join(' · '),
              required: true,
              open: 'completed',
            }),
          ),
          { id: 'other', label: 'Anything else', required: true, open: 'completed' } satisfies Port,
        ]),
    ...timeoutPorts(config.timeout),
    SUPPRESSED,
  ],
  texts: (config) => [
    { field: 'text', template: config.text },
    ...(config.retryText ? [{ field: 'retryText', template: config.retryText }] : []),
  ],
  sets: (config) => (config.saveAs ? [`answers.${config.saveAs}`] : []),
  words: ({ answers }) => answers,
  classifier,
  examples: (config, language): Record<string, string[]> =>
    isFree(config)
      ? { answered: ['Blue'] }
      : {
          ...Object.fromEntries(config.answers.map((answer) => [answer.id, answer.words.slice(0, 3)])),
          other: unclearExamples(classifier(config), language),
        },
  check: ({ answers, timeout }) => [...repeatedIds(answers, 'answers'), ...endless(timeout)],
  states: (config, to) => {
    const keep = config.saveAs ? [capture(config.saveAs)] : [];
    return askingStates(
      {
        purpose: config.purpose,
        retries: isFree(config) ? 0 : config.retries,
        retryField: config.retryText ? 'retryText' : null,
        timeout: config.timeout ?? null,
        replies: isFree(config)
          ? { answered: to('answered', ...keep) }
          : Object.fromEntries(config.answers.map((answer) => [answer.id, to(answer.id, ...keep)])),
        unclear: isFree(config) ? to('answered', ...keep) : to('other', ...keep),
      },
      to,
    );
  },
});

function classifier(config: QuestionConfig): Classifier {
  if (isFree(config)) return ({ text }) => ({ category: 'answered', value: text, explicit: false });
  const match = answerMatcher(config.answers);
  return ({ text, normalised }) => {
    const category = match(normalised);
    return category === null
      ? { category: 'other', value: text, explicit: false }
      : { category, value: category, explicit: true };
  };
}
