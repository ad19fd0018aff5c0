import { z } from 'zod';
import { keySchema, textSchema, wordsSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import {
  type AnswerWords,
  answerMatcher,
  noWords,
  wholeAnswerMatcher,
  yesWords,
} from '../../engine/classify.ts';
import {
  ask,
  type Classified,
  type Classifier,
  defineNode,
  type Port,
  SUPPRESSED,
} from '../../engine/node-kind.ts';
import { unclearExamples } from '../../engine/unclear-example.ts';

export const confirmConfig = z.strictObject({
  text: textSchema('Write the question that people confirm with YES.'),
  /** The list that people join by confirming. */
  list: keySchema('Choose the list people join.'),
  /** The words that confirm; none means the usual words for yes in the person's language. */
  confirmWords: wordsSchema.default([]),
  /** The words that decline; none means the usual words for no. */
  declineWords: wordsSchema.default([]),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  /** An unanswered question expires, so there is always an end to the waiting. */
  timeout: durationSchema.default('24h'),
});
export type ConfirmConfig = z.infer<typeof confirmConfig>;

/**
 * The question of a double opt-in. Asking leaves the consent pending; only a clear yes to this very question confirms it, and
 * a no takes it back. What comes after "unclear" or "timeout" has no consent.
 */
export const confirm = defineNode<ConfirmConfig>({
  kind: 'confirm',
  family: 'ask',
  title: 'Confirm opt-in',
  summary: 'Asks people to confirm with YES that they want your texts (double opt-in).',
  schema: confirmConfig,
  initial: () => ({
    text: '{{program.brand}}: reply YES to get our texts. Msg & data rates may apply. HELP for help, STOP to end.',
    list: 'news',
    confirmWords: [],
    declineWords: [],
    retries: 1,
    timeout: '24h',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  ports: (config) => [
    {
      id: 'confirmed',
      label: 'Confirmed',
      hint: hint(config.confirmWords, yesWords('en')),
      required: true,
      open: 'completed',
    },
    {
      id: 'declined',
      label: 'Declined',
      hint: hint(config.declineWords, noWords('en')),
      required: true,
      open: 'completed',
    },
    UNCLEAR,
    ...timeoutPorts(config.timeout),
    SUPPRESSED,
  ],
  texts: ({ text, retryText }) => [
    { field: 'text', template: text },
    ...(retryText ? [{ field: 'retryText', template: retryText }] : []),
  ],
  words: answers,
  classifier,
  examples: (config, language) => ({
    ...Object.fromEntries(answers(config, language).map(({ id, words }) => [id, words.slice(0, 3)])),
    other: unclearExamples(classifier(config), language),
  }),
  states: ({ list, retries, retryText, timeout }, to) =>
    askingStates(
      {
        purpose: 'reply',
        retries,
        retryField: retryText ? 'retryText' : null,
        timeout,
        asked: [ask({ kind: 'subscribe', list, proof: 'asked' })],
        replies: {
          confirmed: to('confirmed', ask({ kind: 'subscribe', list, proof: 'double' })),
          declined: to('declined', ask({ kind: 'unsubscribe', list })),
        },
        unclear: to('unclear'),
      },
      to,
    ),
});

const UNCLEAR: Port = { id: 'unclear', label: 'Anything else', required: true, open: 'completed' };

function answers(
  { confirmWords, declineWords }: ConfirmConfig,
  language: string,
): [AnswerWords, AnswerWords] {
  return [
    { id: 'confirmed', words: confirmWords.length > 0 ? confirmWords : yesWords(language) },
    { id: 'declined', words: declineWords.length > 0 ? declineWords : noWords(language) },
  ];
}

/** A yes is evidence and must be the whole reply ("yes please", not "yes but why?"); a no may begin a sentence. */
function classifier(config: ConfirmConfig): Classifier {
  const byLanguage = new Map<string, (normalised: string) => string | null>();
  return ({ text, normalised }, language): Classified => {
    let match = byLanguage.get(language);
    if (!match) {
      const [yes, no] = answers(config, language);
      const whole = wholeAnswerMatcher([yes, no]);
      const beginning = answerMatcher([no]);
      match = (words) => whole(words) ?? beginning(words);
      byLanguage.set(language, match);
    }
    const category = match(normalised);
    return category === null
      ? { category: 'other', value: text, explicit: false }
      : { category, value: category, explicit: true };
  };
}

const hint = (own: readonly string[], usual: readonly string[]): string =>
  (own.length > 0 ? own : usual.map((word) => word.toUpperCase())).slice(0, 4).join(' · ');
