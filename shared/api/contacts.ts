import { z } from 'zod';
import {
  idSchema,
  momentSchema,
  pageSchema,
  pageQuerySchema,
  scalarSchema,
  slugSchema,
  writtenPhoneSchema,
} from './common.ts';
import { pendingConsentSchema } from './consent.ts';

export const contactSummarySchema = z.object({
  id: idSchema,
  phone: z.string(),
  name: z.string().nullable(),
  language: z.string().nullable(),
  /** Programs the person said STOP to. */
  stopped: z.array(z.string()),
  /** Programs that got a text which may be a STOP and which nobody has read yet. */
  frozen: z.array(z.string()),
  lists: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      state: z.enum(['pending', 'confirmed', 'revoked', 'expired']),
      /** `implied`: it follows from something else than their own yes, such as a purchase. */
      basis: z.enum(['express', 'implied']),
      /** When it is over by the list's terms; null: never. */
      lapsesAt: z.string().nullable(),
    }),
  ),
  /** Words that people and flows have put on the contact. */
  tags: z.array(z.string()),
  createdAt: momentSchema,
  lastTextAt: momentSchema.nullable(),
});

/** One entry of the consent ledger: what changed, why, and the words that were texted. */
export const ledgerEntrySchema = z.object({
  at: momentSchema,
  scope: z.string(),
  from: z.string(),
  to: z.string(),
  because: z.string(),
  shown: z.string().nullable(),
  /** Of consent given elsewhere: `how` it was put in words, `on` which day, `where`, `url`, and the `file` it came in. */
  given: z.record(z.string(), z.string()).nullable(),
  messageId: idSchema.nullable(),
});

export const contactSchema = contactSummarySchema.extend({
  fields: z.record(z.string(), scalarSchema),
  arms: z.array(z.object({ experiment: z.string(), arm: z.string(), at: momentSchema })),
  ledger: z.array(ledgerEntrySchema),
  pending: z.array(pendingConsentSchema),
});

export const contactsQuerySchema = pageQuerySchema.extend({
  list: slugSchema.optional(),
  tag: slugSchema.optional(),
});
export const contactsPageSchema = pageSchema(contactSummarySchema);

/** GET /api/contacts/tags: the tags that contacts have, those of most people first. */
export const knownTagsSchema = z.array(
  z.object({
    tag: z.string(),
    /** How many people have it; null where there are too many contacts to count them all. */
    people: z.number().int().nullable(),
  }),
);

/** The name of a contact's field. */
export const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
export const fieldName = z.string().regex(FIELD_NAME, 'Use letters, digits and _.');

/** The most fields one request may write: a decision holds its contact, and the others of its batch, until all are written. */
const MOST_FIELDS = 100;
export const fieldsSchema = z
  .record(fieldName, scalarSchema)
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `At most ${MOST_FIELDS} fields.`);

/** PATCH /api/contacts/:id. A field set to null is removed; `tags` replaces all of them. */
export const changeContactSchema = z.strictObject({
  language: z.string().max(12).nullable().optional(),
  fields: fieldsSchema.optional(),
  tags: z.array(slugSchema).max(50).optional(),
});

/** POST /api/contacts: the number is all that is needed; it gives no consent. */
export const createContactSchema = changeContactSchema.extend({
  phone: writtenPhoneSchema,
});

export type KnownTag = z.infer<typeof knownTagsSchema>[number];
export type ContactSummary = z.infer<typeof contactSummarySchema>;
export type Contact = z.infer<typeof contactSchema>;
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export type ContactsQuery = z.infer<typeof contactsQuerySchema>;
export type ChangeContact = z.infer<typeof changeContactSchema>;
export type CreateContact = z.infer<typeof createContactSchema>;
