import { z } from 'zod';
import { keySchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT } from '../../engine/node-kind.ts';

export const subscribeConfig = z.strictObject({
  list: keySchema('Choose a list.'),
  action: z.enum(['join', 'leave']).default('join'),
});
export type SubscribeConfig = z.infer<typeof subscribeConfig>;

/**
 * Puts the person on a list, or takes them off. On a list that asks for a double opt-in, joining leaves the consent pending
 * until a "Confirm opt-in" step is answered.
 */
export const subscribe = defineNode<SubscribeConfig>({
  kind: 'subscribe',
  family: 'act',
  title: 'Join or leave a list',
  summary: 'Puts the person on a list, or takes them off.',
  schema: subscribeConfig,
  initial: () => ({ list: 'news', action: 'join' }),
  places: ['change'],
  ports: () => [NEXT],
  states: ({ list, action }, to) => ({
    change: {
      entry: [
        ask(action === 'join' ? { kind: 'subscribe', list, proof: 'single' } : { kind: 'unsubscribe', list }),
      ],
      always: to('next'),
    },
  }),
});
