import { SLUG } from '#shared/ids.ts';
import { z } from 'zod';
import { LIMITS } from '../../definition/schema.ts';
import { ask, defineNode, NEXT, SUPPRESSED } from '../../engine/node-kind.ts';

export const messageConfig = z.strictObject({
  text: z.string().trim().min(1, 'Write the text to send.').max(LIMITS.text),
  purpose: z.enum(['reply', 'service', 'marketing', 'code', 'legal']).default('reply'),
  /** The list whose consent a marketing text needs. */
  list: z.string().regex(SLUG, 'Choose a list.').optional(),
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
      ? [{ code: 'message.list-missing', severity: 'error', message: 'A marketing text needs the list people joined to get it. Choose a list.', path: 'list' }]
      : [],
  states: ({ purpose, list }, to) => ({
    send: {
      entry: [ask({ kind: 'send', field: 'text', purpose, ...(list === undefined ? {} : { list }) })],
      on: { 'answer.send.accepted': to('next'), 'answer.send.suppressed': to('suppressed') },
    },
  }),
});
