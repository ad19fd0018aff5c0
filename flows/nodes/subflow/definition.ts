import { z } from 'zod';
import { defineNode, type NodeIssue } from '../../engine/node-kind.ts';

export const subflowConfig = z.strictObject({
  /** Whose version is inside; null where nobody chose one yet. */
  flow: z
    .strictObject({
      id: z.string().min(1).max(60),
      name: z.string().min(1).max(120),
      version: z.number().int().min(1),
    })
    .nullable(),
  /** That version's definition as it was published. It stays as it is until somebody takes a newer one. */
  definition: z.record(z.string(), z.unknown()),
});
export type SubflowConfig = z.infer<typeof subflowConfig>;

/** What is inside as long as nobody chose a flow: an end. */
const NOTHING_YET = {
  schemaVersion: 1,
  name: 'Nothing yet',
  nodes: [{ id: 'end', kind: 'end', config: {} }],
  edges: [],
  start: 'end',
};

/**
 * Runs a version of another flow in its place and goes on where that ends. Answers go in and come out by their names. The version
 * is pinned: what is published there later changes nothing here.
 */
export const subflow = defineNode<SubflowConfig>({
  kind: 'subflow',
  family: 'decide',
  title: 'Run another flow',
  summary: 'Runs a version of another flow here, and goes on where it ends.',
  schema: subflowConfig,
  initial: () => ({ flow: null, definition: NOTHING_YET }),
  embeds: ({ flow, definition }) => ({ flow, definition }),
  places: ['enter'],
  // As it is drawn. When it runs, the steps of the flow inside stand in its place.
  waits: () => true,
  ports: () => [
    { id: 'done', label: 'When it is done', required: true, open: 'completed' },
    { id: 'not-reached', label: 'A text could not be sent', required: false, open: 'not-reached' },
  ],
  check: ({ flow }) => (flow === null ? [NONE] : []),
  states: (_, to) => ({
    enter: { on: { 'reply.done': to('done'), 'reply.not-reached': to('not-reached') } },
  }),
});

const NONE: NodeIssue = {
  code: 'subflow.none',
  severity: 'warning',
  message: 'No flow is chosen yet, so nothing happens here. Choose one.',
  path: 'flow',
};
