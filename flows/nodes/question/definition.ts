import { SLUG } from '#shared/ids.ts';
import { z } from 'zod';
import { durationSchema, durationWords } from '../../definition/duration.ts';
import { LIMITS } from '../../definition/schema.ts';
import { ASKING_PLACES, askingStates, MAX_RETRIES } from '../../engine/asking.ts';
import { answerMatcher } from '../../engine/classify.ts';
import { capture, defineNode, type Port, SUPPRESSED } from '../../engine/node-kind.ts';

/** Port names a question has of its own, which no answer may take. */
const OWN_PORTS = ['other', 'answered', 'timeout', 'suppressed'];

const answerSchema = z.strictObject({
  id: z
    .string()
    .regex(SLUG, 'Use lower-case letters, digits and dashes.')
    .refine((id) => !OWN_PORTS.includes(id), 'This name is taken by the question itself.'),
  label: z.string().max(60).optional(),
  words: z.array(z.string().trim().min(1).max(60)).min(1, 'Give at least one word that means this answer.').max(LIMITS.words),
});

export const questionConfig = z.strictObject({
  text: z.string().trim().min(1, 'Write the question.').max(LIMITS.text),
  /** The answers it tells apart; none means that any text is the answer. */
  answers: z.array(answerSchema).max(12).default([]),
  /** The name under which the answer is kept ("size" → {{answers.size}}). */
  saveAs: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'Use letters, digits and _.').optional(),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: z.string().trim().min(1).max(LIMITS.text).optional(),
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
          ...config.answers.map((answer): Port => ({
            id: answer.id,
            label: answer.label ?? answer.words[0] ?? answer.id,
            hint: answer.words.slice(0, 4).join(' · '),
            required: true,
            open: 'completed',
          })),
          { id: 'other', label: 'Anything else', required: true, open: 'completed' } satisfies Port,
        ]),
    ...(config.timeout
      ? [{ id: 'timeout', label: `No reply for ${durationWords(config.timeout)}`, required: true, open: 'completed' } satisfies Port]
      : []),
    SUPPRESSED,
  ],
  texts: (config) => [
    { field: 'text', template: config.text },
    ...(config.retryText ? [{ field: 'retryText', template: config.retryText }] : []),
  ],
  sets: (config) => (config.saveAs ? [`answers.${config.saveAs}`] : []),
  classifier: (config) => {
    if (isFree(config)) return (reply) => ({ category: 'answered', value: reply.text, explicit: false });
    const match = answerMatcher(config.answers);
    return (reply) => {
      const category = match(reply.normalised);
      return category === null
        ? { category: 'other', value: reply.text, explicit: false }
        : { category, value: category, explicit: true };
    };
  },
  examples: (config): Record<string, string[]> =>
    isFree(config)
      ? { answered: ['Blue'] }
      : {
          ...Object.fromEntries(config.answers.map((answer) => [answer.id, answer.words.slice(0, 3)])),
          other: ['What is this?'],
        },
  check: (config) =>
    config.timeout
      ? []
      : [{ code: 'wait.endless', severity: 'warning', message: 'This question waits for ever. Say how long to wait for a reply.', path: 'timeout' }],
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
