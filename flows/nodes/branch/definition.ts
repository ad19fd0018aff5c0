import { z } from 'zod';
import { portIdSchema } from '../../definition/config-parts.ts';
import { conditionSchema, conditionVariables } from '../../engine/condition.ts';
import { ask, defineNode, type Port } from '../../engine/node-kind.ts';
import { repeatedIds } from '../../engine/repeated-ids.ts';

const caseSchema = z.strictObject({
  id: portIdSchema(['else']),
  label: z.string().trim().max(60).optional(),
  when: conditionSchema,
});

export const branchConfig = z.strictObject({
  /** Tried in order; the first that holds is taken. */
  cases: z.array(caseSchema).min(1, 'Give at least one condition.').max(12),
});
export type BranchConfig = z.infer<typeof branchConfig>;

/** Goes different ways by what is known about the person: their answers, their fields, how they came. */
export const branch = defineNode<BranchConfig>({
  kind: 'branch',
  family: 'decide',
  title: 'Go different ways',
  summary: 'Goes different ways by what is known about the person.',
  schema: branchConfig,
  initial: () => ({
    cases: [
      { id: 'known', label: 'Name is known', when: { variable: 'contact.firstName', operator: 'is-set' } },
    ],
  }),
  places: ['choose'],
  ports: ({ cases }) => [
    ...cases.map(({ id, label }): Port => ({ id, label: label || id, required: true, open: 'completed' })),
    { id: 'else', label: 'Otherwise', required: true, open: 'completed' },
  ],
  reads: ({ cases }) => cases.flatMap(({ when }) => conditionVariables(when)),
  check: ({ cases }) => repeatedIds(cases, 'cases'),
  states: ({ cases }, to) => ({
    choose: {
      entry: [
        ask({ kind: 'branch', cases: cases.map(({ id, when }) => ({ port: id, when })), otherwise: 'else' }),
      ],
      on: Object.fromEntries(
        [...cases.map(({ id }) => id), 'else'].map((port) => [`answer.branch.${port}`, to(port)]),
      ),
    },
  }),
});
