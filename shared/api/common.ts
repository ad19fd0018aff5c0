import { z } from 'zod';

/** A moment as ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime();
export const idSchema = z.uuid();
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use lower-case letters, digits and dashes.');

/** Query of a numbered list: search text, page from 1, page size. */
export const pageQuerySchema = z.strictObject({
  search: z.string().trim().max(120).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(25),
});

/** The answer to a POST that made something: 201 and where to find it. */
export const createdSchema = z.object({ id: idSchema });

/** A page of a numbered list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int() });

/** Query of an endless list, newest first: `before` is the cursor of the last item seen. */
export const cursorQuery = {
  before: idSchema.optional(),
  size: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of an endless list; `next` is null at the end. */
export const streamOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const scalarSchema = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

export type Created = z.infer<typeof createdSchema>;
export type PageQuery = z.infer<typeof pageQuerySchema>;
/** A page of a numbered list. */
export interface Page<Item> {
  items: Item[];
  total: number;
}
/** A page of an endless list. */
export interface Stream<Item> {
  items: Item[];
  next: string | null;
}
