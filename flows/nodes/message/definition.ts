import { z } from 'zod';
import { keySchema, textSchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT, SUPPRESSED } from '../../engine/node-kind.ts';

export const messageConfig = z.strictObject({
  text: textSchema('Write the text to send.'),
  purpose: z.enum(['reply', 'service', 'marketing', 'code', 'legal']).default('reply'),
  /** The list whose consent a marketing text needs. */
  list: keySchema('Choose a list.').optional(),
});
export type MessageConfig = z.infer<typeof messageConfig>;

/** Sends one text and goes on. */
export const message = defineNode<MessageConfig>({
  kind: 'message',
  family: 'talk',
  title: 'Send a text',
  summary: 'Sends one text and goes on.',
  schema: messageConfig,
  initial: () => ({ text: 'Thanks for your text!', purpose: 'reply' }),
  places: ['send'],
  ports: () => [NEXT, SUPPRESSED],
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
  states: ({ purpose, list }, to) => ({
    send: {
      entry: [ask({ kind: 'send', field: 'text', purpose, ...(list === undefined ? {} : { list }) })],
      on: { 'answer.send.accepted': to('next'), 'answer.send.suppressed': to('suppressed') },
    },
  }),
});
