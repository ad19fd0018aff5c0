import { z } from 'zod';
import { keySchema, textSchema } from '../../definition/config-parts.ts';
import { durationSchema, durationSeconds, durationWords } from '../../definition/duration.ts';
import { ask, defineNode, NEXT, type Port, SUPPRESSED } from '../../engine/node-kind.ts';

export const messageConfig = z.strictObject({
  text: textSchema('Write the text to send.'),
  purpose: z.enum(['reply', 'service', 'marketing', 'code', 'legal']).default('reply'),
  /** The list whose consent a marketing text needs. */
  list: keySchema('Choose a list.').optional(),
  /** How long to wait until the carrier says what became of it; left out, the flow goes on at once. */
  delivery: durationSchema.optional(),
});
export type MessageConfig = z.infer<typeof messageConfig>;

/** Sends one text and goes on, at once or when it is known whether it arrived. */
export const message = defineNode<MessageConfig>({
  kind: 'message',
  family: 'talk',
  title: 'Send a text',
  summary: 'Sends one text and goes on.',
  schema: messageConfig,
  initial: () => ({ text: 'Thanks for your text!', purpose: 'reply' }),
  places: ['send', 'sent'],
  waits: ({ delivery }) => delivery !== undefined,
  ports: ({ delivery }): Port[] =>
    delivery === undefined
      ? [NEXT, SUPPRESSED]
      : [
          { ...NEXT, label: 'It arrived' },
          { id: 'failed', label: 'It did not arrive', required: false, open: 'not-reached' },
          {
            id: 'timeout',
            label: `No report for ${durationWords(delivery)}`,
            required: true,
            open: 'completed',
          },
          SUPPRESSED,
        ],
  texts: ({ text }) => [{ field: 'text', template: text }],
  check: ({ purpose, list }) =>
    purpose === 'marketing' && list === undefined
      ? [
          {
            code: 'message.list-missing',
            severity: 'error',
            message: 'A marketing text needs the list people joined to get it. Choose a list.',
            path: 'list',
          },
        ]
      : [],
  states: ({ purpose, list, delivery }, to) => ({
    send: {
      entry: [ask({ kind: 'send', field: 'text', purpose, ...(list === undefined ? {} : { list }) })],
      on: {
        'answer.send.accepted': delivery === undefined ? to('next') : { target: 'sent' },
        'answer.send.suppressed': to('suppressed'),
      },
    },
    ...(delivery === undefined
      ? {}
      : {
          sent: {
            entry: [
              ask({ kind: 'delivery' }),
              ask({ kind: 'wake', afterSeconds: durationSeconds(delivery) }),
            ],
            on: {
              'answer.delivery.delivered': to('next'),
              'answer.delivery.failed': to('failed'),
              timeout: to('timeout'),
            },
          },
        }),
  }),
});
