import { z } from 'zod';
import { keySchema } from '../../definition/config-parts.ts';
import { ask, defineNode } from '../../engine/node-kind.ts';

export const contestEntryConfig = z.strictObject({
  contest: keySchema('Choose a contest.'),
});
export type ContestEntryConfig = z.infer<typeof contestEntryConfig>;

/** Enters the person into a contest, once, while it is open. */
export const contestEntry = defineNode<ContestEntryConfig>({
  kind: 'contest-entry',
  family: 'act',
  title: 'Enter a contest',
  summary: 'Enters the person into a contest, once, while it is open.',
  schema: contestEntryConfig,
  initial: () => ({ contest: 'contest' }),
  places: ['enter'],
  ports: () => [
    { id: 'entered', label: 'Entered', required: true, open: 'completed' },
    { id: 'already', label: 'Had entered before', required: true, open: 'completed' },
    { id: 'closed', label: 'Contest is closed', required: true, open: 'completed' },
  ],
  states: ({ contest }, to) => ({
    enter: {
      entry: [ask({ kind: 'enter-contest', contest })],
      on: {
        'answer.enter-contest.entered': to('entered'),
        'answer.enter-contest.already': to('already'),
        'answer.enter-contest.closed': to('closed'),
      },
    },
  }),
});
