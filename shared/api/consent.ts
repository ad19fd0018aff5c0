import { z } from 'zod';
import { idSchema } from './common.ts';

/** One entry of the consent ledger with everything that proves it. */
const evidenceEntrySchema = z.object({
  id: idSchema,
  at: z.string(),
  /** "list News" or "program Club". */
  about: z.string(),
  from: z.string(),
  to: z.string(),
  because: z.string(),
  /** The exact words that were texted. */
  words: z.string().nullable(),
  /** Consent given elsewhere: form text, address, file. */
  given: z.record(z.string(), z.string()).nullable(),
  /** Who of the workspace decided it. */
  decidedBy: z.string().nullable(),
  messageId: idSchema.nullable(),
  texted: z
    .object({
      at: z.string(),
      text: z.string(),
      from: z.string(),
      to: z.string(),
      gatewayMessageId: z.string().nullable(),
    })
    .nullable(),
  /** What the person had last read from that sender. */
  answered: z.object({ at: z.string(), text: z.string(), sender: z.string().nullable() }).nullable(),
  previous: z.string().nullable(),
  hash: z.string(),
  /** Whether the entry is still what was hashed, on top of the one before. */
  verified: z.boolean(),
});

/** GET /api/contacts/:id/consent: all that proves what a person agreed to and took back. */
export const consentEvidenceSchema = z.object({
  phone: z.string(),
  contactId: idSchema,
  exportedAt: z.string(),
  entries: z.array(evidenceEntrySchema),
});

export type ConsentEvidence = z.infer<typeof consentEvidenceSchema>;
