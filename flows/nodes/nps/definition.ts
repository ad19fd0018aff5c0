import { npsCategory } from '#shared/stats/nps.ts';
import { z } from 'zod';
import { nameSchema, textSchema } from '../../definition/config-parts.ts';
import { durationSchema } from '../../definition/duration.ts';
import { ASKING_PLACES, askingStates, endless, MAX_RETRIES, timeoutPorts } from '../../engine/asking.ts';
import { capture, type Classified, defineNode, SUPPRESSED } from '../../engine/node-kind.ts';
import { scoreOf } from './score.ts';

export const npsConfig = z.strictObject({
  text: textSchema('Write the question.'),
  /** The name under which the score is kept, as a number ("score" → {{answers.score}}). */
  saveAs: nameSchema.default('score'),
  retries: z.number().int().min(0).max(MAX_RETRIES).default(1),
  retryText: textSchema('Write the text that asks again.').optional(),
  timeout: durationSchema.optional(),
  purpose: z.enum(['reply', 'service']).default('reply'),
});
export type NpsConfig = z.infer<typeof npsConfig>;

/** Asks how likely people are to recommend you, from 0 to 10, and tells promoters, passives and detractors apart. */
export const nps = defineNode<NpsConfig>({
  kind: 'nps',
  family: 'measure',
  title: 'Ask for a score',
  summary: 'Asks how likely people are to recommend you, from 0 to 10 (NPS).',
  schema: npsConfig,
  initial: () => ({
    text: 'How likely are you to recommend {{program.brand}} to a friend? Reply with a number from 0 (not at all) to 10 (very).',
    saveAs: 'score',
    retries: 1,
    retryText: 'Please reply with just a number from 0 to 10.',
    timeout: '24h',
    purpose: 'reply',
  }),
  places: ASKING_PLACES,
  waits: () => true,
  ports: ({ timeout }) => [
    { id: 'promoter', label: 'Promoter', hint: '9 · 10', required: true, open: 'completed' },
    { id: 'passive', label: 'Passive', hint: '7 · 8', required: true, open: 'completed' },
    { id: 'detractor', label: 'Detractor', hint: '0 – 6', required: true, open: 'completed' },
    { id: 'unclear', label: 'Anything else', required: true, open: 'completed' },
    ...timeoutPorts(timeout),
    SUPPRESSED,
  ],
  texts: ({ text, retryText }) => [
    { field: 'text', template: text },
    ...(retryText ? [{ field: 'retryText', template: retryText }] : []),
  ],
  sets: ({ saveAs }) => [`answers.${saveAs}`],
  classifier:
    () =>
    ({ text }, language): Classified => {
      const score = scoreOf(text, language);
      const category = score === null ? null : npsCategory(score);
      return category === null
        ? { category: 'other', value: text, explicit: false }
        : { category, value: score, explicit: true };
    },
  examples: () => ({
    promoter: ['10', '9', '10/10'],
    passive: ['8', '7', 'eight'],
    detractor: ['3', '0', '6 out of 10'],
    other: ['What is this?'],
  }),
  check: ({ timeout }) => endless(timeout),
  states: ({ saveAs, retries, retryText, timeout, purpose }, to) =>
    askingStates(
      {
        purpose,
        retries,
        retryField: retryText ? 'retryText' : null,
        timeout: timeout ?? null,
        replies: {
          promoter: to('promoter', capture(saveAs)),
          passive: to('passive', capture(saveAs)),
          detractor: to('detractor', capture(saveAs)),
        },
        unclear: to('unclear'),
      },
      to,
    ),
});
