import { z } from 'zod';
import { keySchema, nameSchema, textSchema } from '../../definition/config-parts.ts';
import { durationSchema, durationSeconds, durationWords } from '../../definition/duration.ts';
import { ask, capture, defineNode, type NodeIssue, type Port } from '../../engine/node-kind.ts';

export const waitEventConfig = z.strictObject({
  /** What is waited for, as the API calls it ("order-paid"); clicks on short links are "link-clicked". */
  event: keySchema('Name the event.'),
  /** Which one of them, where there may be several: "{{answers.order}}". Without it any will do. */
  key: textSchema('Say which one, or leave it out.').optional(),
  /** The name under which what the event tells is kept. */
  saveAs: nameSchema.optional(),
  timeout: durationSchema.optional(),
});
export type WaitEventConfig = z.infer<typeof waitEventConfig>;

/** Waits until something happens outside, such as a payment or a click. Texts meanwhile go where they would go without it. */
export const waitEvent = defineNode<WaitEventConfig>({
  kind: 'wait-event',
  family: 'time',
  title: 'Wait for an event',
  summary: 'Waits until something happens elsewhere, such as a payment or a click on a link.',
  schema: waitEventConfig,
  initial: () => ({ event: 'order-paid', timeout: '24h' }),
  places: ['wait'],
  waits: () => true,
  listens: ({ event, key }) => ({ event, key: key === undefined ? null : 'key' }),
  ports: ({ event, key, timeout }): Port[] => [
    {
      id: 'happened',
      label: 'It happens',
      hint: key === undefined ? event : `${event} ${key}`,
      required: true,
      open: 'completed',
    },
    ...(timeout
      ? [
          {
            id: 'timeout',
            label: `Not within ${durationWords(timeout)}`,
            required: true,
            open: 'completed',
          } satisfies Port,
        ]
      : []),
  ],
  texts: ({ key }) => (key === undefined ? [] : [{ field: 'key', template: key }]),
  sets: ({ saveAs }) => (saveAs ? [`answers.${saveAs}`] : []),
  check: ({ timeout }) => (timeout ? [] : [ENDLESS]),
  states: ({ event, saveAs, timeout }, to) => ({
    wait: {
      ...(timeout ? { entry: [ask({ kind: 'wake', afterSeconds: durationSeconds(timeout) })] } : {}),
      on: {
        [`event.${event}`]: to('happened', ...(saveAs ? [capture(saveAs)] : [])),
        ...(timeout ? { timeout: to('timeout') } : {}),
      },
    },
  }),
});

const ENDLESS: NodeIssue = {
  code: 'wait.endless',
  severity: 'warning',
  message: 'This step waits for ever if it never happens. Say how long to wait.',
  path: 'timeout',
};
