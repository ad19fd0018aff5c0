import { z } from 'zod';
import { keySchema } from '../../definition/config-parts.ts';
import { ask, defineNode, NEXT } from '../../engine/node-kind.ts';

const tags = z.array(keySchema('Use lower-case letters, digits and dashes.')).max(20);

export const tagConfig = z
  .strictObject({
    add: tags.default([]),
    remove: tags.default([]),
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    message: 'Name a tag to put on or to take off.',
    path: ['add'],
  })
  .refine(({ add, remove }) => !add.some((one) => remove.includes(one)), {
    message: 'A tag cannot be put on and taken off at once.',
    path: ['remove'],
  });
export type TagConfig = z.infer<typeof tagConfig>;

/** Puts tags on the person, or takes them off: for finding people, and for conditions (`contact.tags` has the word). */
export const tag = defineNode<TagConfig>({
  kind: 'tag',
  family: 'act',
  title: 'Tag the person',
  summary: 'Puts tags on the person, or takes them off.',
  schema: tagConfig,
  initial: () => ({ add: ['interested'], remove: [] }),
  places: ['change'],
  ports: () => [NEXT],
  states: ({ add, remove }, to) => ({
    change: { entry: [ask({ kind: 'tag', add, remove })], always: to('next') },
  }),
});
