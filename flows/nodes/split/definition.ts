import { z } from 'zod';
import { freshSlug, slugify } from '#shared/ids.ts';
import { keySchema, portIdSchema } from '../../definition/config-parts.ts';
import type { FlowNode } from '../../definition/schema.ts';
import { ask, defineNode } from '../../engine/node-kind.ts';
import { repeatedIds } from '../../engine/repeated-ids.ts';

const armSchema = z.strictObject({
  id: portIdSchema(),
  label: z.string().trim().max(60).optional(),
  /** Relative to the other arms; 0 takes nobody new. */
  weight: z.number().int('Use whole numbers.').min(0).max(1_000),
});

export const splitConfig = z.strictObject({
  /** The experiment whose arms these are. A person keeps their arm wherever the experiment is met again. */
  experiment: keySchema('Name the test.'),
  arms: z.array(armSchema).min(2, 'A test needs at least two versions.').max(6),
});
export type SplitConfig = z.infer<typeof splitConfig>;

/** Shows each person one of several versions, and the same one ever after. */
export const split = defineNode<SplitConfig>({
  kind: 'split',
  family: 'decide',
  title: 'A/B test',
  summary: 'Shows each person one of several versions, to learn which works best.',
  schema: splitConfig,
  initial: (flow) => ({
    experiment: freshSlug(slugify(flow?.name ?? '', 'test'), testsIn(flow?.nodes ?? [])),
    arms: [
      { id: 'a', label: 'Version A', weight: 1 },
      { id: 'b', label: 'Version B', weight: 1 },
    ],
  }),
  copied: (config, nodes) => {
    const tests = testsIn(nodes);
    const { experiment } = config;
    return tests.has(experiment)
      ? { ...config, experiment: freshSlug(experiment.replace(/-\d+$/, ''), tests) }
      : config;
  },
  places: ['choose'],
  ports: ({ arms }) => {
    const total = arms.reduce((sum, { weight }) => sum + weight, 0);
    return arms.map(({ id, label, weight }) => ({
      id,
      label: label || id,
      ...(total > 0 ? { hint: `${Math.round((weight / total) * 100)} %` } : {}),
      required: true,
      open: 'completed',
    }));
  },
  check: ({ arms }) => [
    ...repeatedIds(arms, 'arms'),
    ...(arms.every(({ weight }) => weight === 0)
      ? [
          {
            code: 'split.no-weight',
            severity: 'error' as const,
            message: 'No version gets anybody. Give at least one of them a share.',
            path: 'arms',
          },
        ]
      : []),
  ],
  states: ({ experiment, arms }, to) => ({
    choose: {
      entry: [ask({ kind: 'split', experiment, arms: arms.map(({ id, weight }) => ({ id, weight })) })],
      on: Object.fromEntries(arms.map(({ id }) => [`answer.split.${id}`, to(id)])),
    },
  }),
});

/** The tests that steps are for already: a flow has each once. */
const testsIn = (nodes: readonly FlowNode[]): Set<string> =>
  new Set(
    nodes.flatMap(({ kind, config }) => {
      const read = kind === 'split' ? named.safeParse(config) : null;
      return read?.success ? [read.data.experiment] : [];
    }),
  );

const named = z.object({ experiment: z.string() });
