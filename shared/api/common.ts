import { z } from 'zod';

/** A moment as ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime();
/** A moment that somebody names. The year 0, which ISO 8601 has, the database's calendar has not. */
export const namedMomentSchema = momentSchema.refine(
  (at) => !at.startsWith('0000-'),
  'Choose a day of our calendar.',
);
/** How often a draft was saved: whoever saves names the state that they changed. */
export const revisionSchema = z.int32();
/** The id of anything stored. */
export const idSchema = z.uuid();
/** What people name lists, contests and tests by where a program reads it too: `spring-offer`. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Use lower-case letters, digits and dashes.');

/** A country by its two letters (ISO 3166-1). */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'Choose a country.');

/** A person's number as somebody writes it; `readPhone` makes E.164 of it, or says that it is none. */
export const writtenPhoneSchema = z.string().trim().min(1, 'Write a phone number.').max(60);

/** The person something is about, as every list shows them. `name` is null where nobody told us one. */
export const contactRefSchema = z.object({ id: idSchema, phone: z.string(), name: z.string().nullable() });

/** That the words of a text went because its person was erased, and when, where that is known; null: they are there. */
export const erasedSchema = z.object({ at: momentSchema.nullable() }).nullable();

/** What a list is searched for. */
export const searchSchema = z.string().trim().max(120).optional();

/** Query of a numbered list: search text, page from 1, page size. */
export const pageQuerySchema = z.strictObject({
  search: searchSchema,
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(25),
});

/** The answer to a POST that made something: 201 and where to find it. */
export const createdSchema = z.object({ id: idSchema });

/** A page of a numbered list. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int() });

/** Query of an endless list, newest first: `before` is the cursor of the last item seen. */
export const cursorQuery = {
  before: idSchema.optional(),
  size: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of an endless list; `next` is null at the end. */
export const streamSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** What a field of a contact, or an answer in a conversation, may hold. */
export const scalarSchema = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);

export type Erased = z.infer<typeof erasedSchema>;
export type Created = z.infer<typeof createdSchema>;
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
