import { z } from 'zod';
import { nameSchema, textSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import { ask, capture, type Classifier, defineNode, SUPPRESSED } from '../../engine/node-kind.ts';
import { categoryExamples } from '../../replies/examples.ts';
import { wantedExamples, wantedReader, wantedSchema, wantedWords } from './wanted.ts';

export const collectConfig = z.strictObject({
  text: textSchema('Write the question.'),
  wanted: wantedSchema,
  /** The name under which the value is kept ("email" → {{answers.email}}). */
  saveAs: nameSchema,
  /** The field of the contact that remembers it for other flows as well. */
  field: nameSchema
    .refine((name) => name !== 'phone', 'The number itself cannot be changed. Choose another field.')
    .optional(),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(2),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
  purpose: z.enum(['reply', 'service']).default('reply'),
});
export type CollectConfig = z.infer<typeof collectConfig>;

/** Asks for one thing, such as an e-mail address, asks again until it is one, and keeps it in its usual form. */
export const collect = defineNode<CollectConfig>({
  kind: 'collect',
  family: 'ask',
  title: 'Collect a detail',
  summary: 'Asks for a name, number, date, address or picture, and checks what comes.',
  schema: collectConfig,
  initial: () => ({
    text: 'What is your e-mail address?',
    wanted: { kind: 'email' },
    saveAs: 'email',
    field: 'email',
    retries: 2,
    retryText: 'That does not look like an e-mail address. Please try again, such as ada@example.com.',
    timeout: '24h',
    purpose: 'reply',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  ports: ({ wanted, timeout }) => [
    { id: 'given', label: 'Given', hint: wantedWords(wanted), required: true, open: 'completed' },
    { id: 'other', label: 'Nothing usable', required: true, open: 'completed' },
    ...timeoutPorts(timeout),
    SUPPRESSED,
  ],
  texts: ({ text, retryText }) => [
    { field: 'text', template: text },
    ...(retryText ? [{ field: 'retryText', template: retryText }] : []),
  ],
  sets: ({ saveAs }) => [`answers.${saveAs}`],
  classifier,
  examples: (config, language) => {
    const classify = classifier(config);
    const { given = [], other = [] } = categoryExamples([{ id: 'given' }], classify, language);
    const tried = wantedExamples(config.wanted, language).filter(
      (text) => classify({ text, normalised: text.toLowerCase() }, language).category === 'given',
    );
    return { given: [...given, ...tried].slice(0, 3), other };
  },
  check: ({ timeout }) => endless(timeout),
  states: ({ saveAs, field, purpose, retries, retryText, timeout }, to) =>
    askingStates(
      {
        purpose,
        retries,
        retryField: retryText ? 'retryText' : null,
        timeout: timeout ?? null,
        replies: {
          given: to(
            'given',
            capture(saveAs),
            ...(field ? [ask({ kind: 'set-field', field, value: { answer: saveAs } })] : []),
          ),
        },
        unclear: to('other'),
      },
      to,
    ),
});

function classifier({ wanted }: CollectConfig): Classifier {
  const byLanguage = new Map<string, ReturnType<typeof wantedReader>>();
  return (reply, language) => {
    let read = byLanguage.get(language);
    if (!read) {
      read = wantedReader(wanted, language);
      if (byLanguage.size < 100) byLanguage.set(language, read);
    }
    const found = read(reply);
    return found
      ? { category: 'given', value: found.value, explicit: found.leads }
      : { category: 'other', value: reply.text, explicit: false };
  };
}
