import { z } from 'zod';
import { keySchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT } from '../../engine/node-kind.ts';

export const goalConfig = z.strictObject({ goal: keySchema('Name the goal.') });
export type GoalConfig = z.infer<typeof goalConfig>;

/** Counts that the person got this far: what A/B tests and funnels compare. */
export const goal = defineNode<GoalConfig>({
  kind: 'goal',
  family: 'measure',
  title: 'Goal reached',
  summary: 'Counts that the person got this far, so that versions can be compared.',
  schema: goalConfig,
  initial: () => ({ goal: 'goal' }),
  places: ['reach'],
  ports: () => [NEXT],
  states: ({ goal }, to) => ({ reach: { entry: [ask({ kind: 'goal', goal })], always: to('next') } }),
});
