import { z } from 'zod';
import { durationSchema, durationSeconds, durationWords } from '../../definition/duration.ts';
import { ask, defineNode } from '../../engine/node-kind.ts';

export const delayConfig = z.strictObject({ duration: durationSchema });
export type DelayConfig = z.infer<typeof delayConfig>;

/** Lets time pass before the next step. It listens to no reply, so a text meanwhile goes wherever it would go without it. */
export const delay = defineNode<DelayConfig>({
  kind: 'delay',
  family: 'time',
  title: 'Wait',
  summary: 'Lets time pass before the next step.',
  schema: delayConfig,
  initial: () => ({ duration: '1d' }),
  places: ['wait'],
  waits: () => true,
  ports: ({ duration }) => [
    { id: 'next', label: `After ${durationWords(duration)}`, required: true, open: 'completed' },
  ],
  states: ({ duration }, to) => ({
    wait: {
      entry: [ask({ kind: 'wake', afterSeconds: durationSeconds(duration) })],
      on: { timeout: to('next') },
    },
  }),
});
