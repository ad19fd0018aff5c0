import { z } from 'zod';
import { textSchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT } from '../../engine/node-kind.ts';

export const notifyConfig = z.strictObject({
  /** What the team reads. */
  text: textSchema('Write what the team should know.'),
  /** Whether the members get it by e-mail too. */
  email: z.boolean().default(false),
});
export type NotifyConfig = z.infer<typeof notifyConfig>;

/** Tells the team, at once on every open page and, where wanted, by e-mail. The conversation does not wait for it. */
export const notify = defineNode<NotifyConfig>({
  kind: 'notify',
  family: 'act',
  title: 'Tell the team',
  summary: 'Tells your team about this person, on their screens and by e-mail.',
  schema: notifyConfig,
  initial: () => ({ text: '{{contact.phone}} asks for somebody to call back.', email: false }),
  places: ['tell'],
  ports: () => [NEXT],
  texts: ({ text }) => [{ field: 'text', template: text }],
  states: ({ email }, to) => ({
    tell: { entry: [ask({ kind: 'notify', field: 'text', email })], always: to('next') },
  }),
});
