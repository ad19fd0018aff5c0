import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** A consent that is not confirmed yet: what it waits for, and since when. */
export const pendingConsentSchema = z.object({
  list: z.object({ key: z.string(), name: z.string() }),
  since: momentSchema,
  /** When it is over by the list's terms; null: never. */
  lapsesAt: momentSchema.nullable(),
  /**
   * `reply`: their yes to the question that is open; `asking-again`: they were asked, and nobody waits for the answer any more;
   * `question`: the list asks to confirm, and nothing has asked them; `age`: an answer that they are as old as the list is for;
   * `word`: a campaign or the API put them on it, and no text of theirs says that they want it.
   */
  waitsFor: z.enum(['reply', 'asking-again', 'question', 'age', 'word']),
  /** The question that is open, or the last one that was; its text is null where it was forgotten. */
  question: z
    .object({
      text: z.string().nullable(),
      askedAt: momentSchema,
      /** When it stops waiting; null where it does not wait, or for ever. */
      until: momentSchema.nullable(),
      /** The flow and the run that wait for the answer; null where none does any more. */
      flow: z.object({ id: idSchema, name: z.string() }).nullable(),
      runId: idSchema.nullable(),
    })
    .nullable(),
});

/** One entry of the consent ledger with everything that proves it. */
const evidenceEntrySchema = z.object({
  id: idSchema,
  at: z.string(),
  /** "list News" or "program Club". */
  about: z.string(),
  /** The list it is about, by its key. */
  list: z.string().nullable(),
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
  pending: z.array(pendingConsentSchema),
});

export type PendingConsent = z.infer<typeof pendingConsentSchema>;
export type ConsentEvidence = z.infer<typeof consentEvidenceSchema>;
