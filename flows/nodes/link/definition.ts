import { z } from 'zod';
import { addressSchema, nameSchema } from '../../definition/config-parts.ts';
import { ask, capture, defineNode, NEXT } from '../../engine/node-kind.ts';

export const linkConfig = z.strictObject({
  /** Where the link leads; variables may stand behind the host. */
  url: addressSchema('Write where the link leads.'),
  /** The answer that holds the short link ("link" → {{answers.link}}), and the key of its clicks. */
  saveAs: nameSchema.default('link'),
});
export type LinkConfig = z.infer<typeof linkConfig>;

/**
 * Makes a short link of this person's own, for the texts that follow. The first click is the event "link-clicked" with the link's
 * name as its key; what mail scanners and previews do is told apart.
 */
export const link = defineNode<LinkConfig>({
  kind: 'link',
  family: 'act',
  title: 'Make a short link',
  summary: 'Makes a short link of this person’s own, whose click other steps can wait for.',
  schema: linkConfig,
  initial: () => ({ url: 'https://shop.example.com/offer', saveAs: 'link' }),
  places: ['make'],
  ports: () => [NEXT],
  texts: ({ url }) => [{ field: 'url', template: url }],
  sets: ({ saveAs }) => [`answers.${saveAs}`],
  states: ({ saveAs }, to) => ({
    make: {
      entry: [ask({ kind: 'link', field: 'url', name: saveAs })],
      on: { 'answer.link.made': to('next', capture(saveAs)) },
    },
  }),
});
