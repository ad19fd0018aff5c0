import { z } from 'zod';
import { definitionSchema, edgeSchema, nodeSchema, pointSchema, triggerSchema } from './schema.ts';

const { shape } = definitionSchema;
const id = nodeSchema.shape.id;
const port = edgeSchema.shape.port;
const newIds = z.record(id, id);

/** A piece of a drawing, on its own: what copying takes along. */
export const clipSchema = z.strictObject({
  nodes: z.array(nodeSchema),
  /** Only the lines among the nodes. */
  edges: z.array(edgeSchema),
  layout: shape.layout,
  translations: shape.translations,
});
export type Clip = z.infer<typeof clipSchema>;

/**
 * Everything that can be done to a draft. The editor and the API edit with these and nothing else; each is small enough to be
 * told in a list of changes ("moved 3 steps").
 */
export const operationSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('rename'), name: shape.name }),
  z.strictObject({ do: z.literal('describe'), description: shape.description.unwrap().nullable() }),
  z.strictObject({ do: z.literal('add-node'), node: nodeSchema, at: pointSchema }),
  z.strictObject({ do: z.literal('remove-nodes'), ids: z.array(id) }),
  z.strictObject({ do: z.literal('configure-node'), id, config: z.unknown() }),
  z.strictObject({ do: z.literal('title-node'), id, title: nodeSchema.shape.title.unwrap().nullable() }),
  z.strictObject({ do: z.literal('connect'), edge: edgeSchema }),
  z.strictObject({ do: z.literal('disconnect'), from: id, port }),
  /** Puts a new step into a line; it goes on to where the line led, by its first way out. */
  z.strictObject({ do: z.literal('insert-on-edge'), from: id, port, node: nodeSchema, at: pointSchema }),
  z.strictObject({ do: z.literal('move-nodes'), to: z.record(id, pointSchema) }),
  z.strictObject({ do: z.literal('set-start'), id: id.nullable() }),
  z.strictObject({ do: z.literal('set-triggers'), triggers: z.array(triggerSchema).max(200) }),
  z.strictObject({ do: z.literal('set-interruptible'), interruptible: shape.interruptible.unwrap() }),
  z.strictObject({ do: z.literal('set-languages'), languages: shape.languages.unwrap() }),
  /** `text` null takes a translation away. */
  z.strictObject({
    do: z.literal('translate'),
    language: z.string(),
    node: id,
    field: z.string().min(1).max(60),
    text: z.string().max(2_000).nullable(),
  }),
  /** `ids` says how each copy is called, so that doing it again does the same. */
  z.strictObject({ do: z.literal('duplicate-nodes'), ids: newIds, by: pointSchema }),
  z.strictObject({ do: z.literal('paste'), clip: clipSchema, ids: newIds, by: pointSchema }),
]);
/** One pure edit of a definition, as the editor and the API make it. */
export type Operation = z.infer<typeof operationSchema>;
