import { z } from 'zod';
import { countrySchema, slugSchema } from './common.ts';
import { consentBasisSchema } from './lists.ts';

/** One row of a file, as it was written; what is wrong with it comes back beside its column. */
const importRowSchema = z.strictObject({
  phone: z.string().max(200),
  language: z.string().max(200).optional(),
  /** Words separated by commas, semicolons or spaces. */
  tags: z.string().max(2_000).optional(),
  fields: z.record(z.string().max(200), z.string().max(10_000)).optional(),
});

/** Consent that was given elsewhere. It goes into the ledger of each person, word by word. */
export const importedConsentSchema = z.strictObject({
  list: slugSchema,
  basis: consentBasisSchema,
  /** The words they agreed to, or what they did. */
  how: z.string().trim().min(10, 'Write the words they agreed to.').max(2_000),
  /** The day it was given, such as 2026-03-31. */
  on: z.iso.date('Choose the day they agreed.'),
  where: z.string().trim().min(3, 'Say where: a form, a shop, an event.').max(200),
  url: z
    .url({ protocol: /^https?$/, error: 'Write an address as https://example.com/form.' })
    .max(500)
    .optional(),
});

/** The most rows one request may hold. */
export const MOST_ROWS = 1_000;

/** POST /api/contacts/import: some rows of a file. The same rows may be sent again: nothing is written twice. */
export const importContactsSchema = z.strictObject({
  rows: z.array(importRowSchema).min(1).max(MOST_ROWS),
  /** Whose national numbers these are; left out, those of the first sender's country. */
  country: countrySchema.optional(),
  /** The name of the file, for the evidence. */
  file: z.string().trim().max(200).optional(),
  consent: importedConsentSchema.optional(),
  /** Say what would happen, and write nothing. */
  rehearse: z.boolean().default(false),
});

/** Why a row is left out: `row` counts from 0, `column` is `phone`, `language`, `tags` or `fields.<name>`. */
const importProblemSchema = z.object({ row: z.number().int(), column: z.string(), problem: z.string() });

/** What an import did, or would do. */
export const contactsImportedSchema = z.object({
  added: z.number().int(),
  /** Contacts that were known already; they got the tags, the language and the fields of the file. */
  known: z.number().int(),
  /** Rows whose number an earlier row has already. */
  repeated: z.number().int(),
  /** Rows that are left out. */
  problems: z.array(importProblemSchema),
  /** What became of the consent; an import never takes anybody off a list, nor brings back who left it. */
  consent: z
    .object({
      confirmed: z.number().int(),
      already: z.number().int(),
      /** They said STOP. */
      stopped: z.number().int(),
      /** They left the list. */
      revoked: z.number().int(),
      /** The list asks for more in their country: express consent, a younger one, or that they answered how old they are. */
      unproven: z.number().int(),
    })
    .nullable(),
});

export type ImportRow = z.infer<typeof importRowSchema>;
export type ImportedConsent = z.infer<typeof importedConsentSchema>;
export type ImportContacts = z.output<typeof importContactsSchema>;
export type ImportContactsInput = z.input<typeof importContactsSchema>;
export type ImportProblem = z.infer<typeof importProblemSchema>;
export type ContactsImported = z.infer<typeof contactsImportedSchema>;
