import { z } from 'zod';
import { defineNode } from '../../engine/node-kind.ts';

export const endConfig = z.strictObject({});
export type EndConfig = z.infer<typeof endConfig>;

/** Ends the conversation. */
export const end = defineNode<EndConfig>({
  kind: 'end',
  family: 'end',
  title: 'End',
  summary: 'Ends the conversation.',
  schema: endConfig,
  initial: () => ({}),
  places: ['end'],
  ports: () => [],
  states: () => ({ end: { always: { target: '#$ended' } } }),
});
