import { z } from 'zod';
import { textSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import { type AnswerWords, noWords, yesWords } from '../../engine/classify.ts';
import {
  ask,
  type Classified,
  type Classifier,
  defineNode,
  type Port,
  SUPPRESSED,
} from '../../engine/node-kind.ts';
import { unclearExamples } from '../../engine/unclear-example.ts';
import { testReader } from '../../replies/test-reader.ts';

export const ageConfig = z.strictObject({
  text: textSchema('Write the question.'),
  /** How old people have to be, in years. */
  years: z.number().int().min(1, 'At least 1.').max(99, 'At most 99.').default(18),
  /** What is asked for: the day they were born, or a yes to being old enough. */
  by: z.enum(['birthday', 'yes']).default('birthday'),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
});
export type AgeConfig = z.infer<typeof ageConfig>;

/**
 * Asks how old somebody is, before they join a list that is for people of an age. Only whether they are old enough is kept, with
 * when they answered; neither the flow nor the ledger remembers the day they were born.
 */
export const age = defineNode<AgeConfig>({
  kind: 'age',
  family: 'ask',
  title: 'Ask for age',
  summary: 'Asks whether people are old enough, for lists that are not for everybody.',
  schema: ageConfig,
  initial: () => ({
    text: '{{program.brand}}: you must be 18 or over. When were you born? Reply like 31 Jan 1990.',
    years: 18,
    by: 'birthday',
    retries: 1,
    retryText: 'Please reply with your date of birth, such as 31 Jan 1990.',
    timeout: '24h',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  forgets: ({ by }) => by === 'birthday',
  ports: ({ years, timeout }) => [
    { id: 'old-enough', label: `${years} or over`, required: true, open: 'completed' },
    { id: 'too-young', label: `Under ${years}`, required: true, open: 'completed' },
    UNCLEAR,
    ...timeoutPorts(timeout),
    SUPPRESSED,
  ],
  texts: ({ text, retryText }) => [
    { field: 'text', template: text },
    ...(retryText ? [{ field: 'retryText', template: retryText }] : []),
  ],
  words: answers,
  classifier,
  examples: (config, language) => ({
    ...(config.by === 'birthday'
      ? { 'old-enough': ['1900-01-01'], 'too-young': ['today'] }
      : Object.fromEntries(answers(config, language).map(({ id, words }) => [id, words.slice(0, 3)]))),
    other: unclearExamples(classifier(config), language),
  }),
  check: ({ timeout }) => endless(timeout),
  states: ({ years, retries, retryText, timeout }, to) =>
    askingStates(
      {
        purpose: 'reply',
        retries,
        retryField: retryText ? 'retryText' : null,
        timeout: timeout ?? null,
        replies: {
          'old-enough': to('old-enough', ask({ kind: 'age', years, passed: true })),
          'too-young': to('too-young', ask({ kind: 'age', years, passed: false })),
        },
        unclear: to('other'),
      },
      to,
    ),
});

const UNCLEAR: Port = { id: 'other', label: 'Nothing usable', required: true, open: 'completed' };

/** The words that answer, where a yes is asked for. */
function answers({ by }: AgeConfig, language: string): AnswerWords[] {
  if (by === 'birthday') return [];
  return [
    { id: 'old-enough', words: yesWords(language) },
    { id: 'too-young', words: noWords(language) },
  ];
}

/** The day itself is no value of the reply: nothing that is kept of it tells more than the way it leaves by. */
function classifier({ by, years }: AgeConfig): Classifier {
  const readers = new Map<string, Readers>();
  return (reply, language): Classified => {
    let read = readers.get(language);
    if (!read) {
      read = readersOf(by, years, language);
      readers.set(language, read);
    }
    const found = read.oldEnough(reply);
    if (found) return { category: 'old-enough', value: 'old-enough', explicit: found.leads };
    const young = read.tooYoung(reply);
    if (young) return { category: 'too-young', value: 'too-young', explicit: young.leads };
    return { category: 'other', value: null, explicit: false };
  };
}

interface Readers {
  oldEnough: ReturnType<typeof testReader>;
  tooYoung: ReturnType<typeof testReader>;
}

function readersOf(by: AgeConfig['by'], years: number, language: string): Readers {
  if (by === 'yes')
    return {
      oldEnough: testReader({ test: 'yes' }, language),
      tooYoung: testReader({ test: 'no' }, language),
    };
  return {
    oldEnough: testReader({ test: 'date', to: `-${years}y` }, language),
    tooYoung: testReader({ test: 'date', to: 'today' }, language),
  };
}
