import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** A keyword of a published flow, as people can text it now. */
export const keywordSchema = z.object({
  word: z.string(),
  match: z.string(),
  sender: z.string(),
  medium: z.string().nullable(),
  /** It counts from then on, and before `until`. */
  from: momentSchema.nullable(),
  until: momentSchema.nullable(),
  /** Whether it is for numbers that texted before, for others, or for all. */
  known: z.enum(['any', 'known', 'unknown']),
  flow: z.object({ id: idSchema, name: z.string(), version: z.number().int() }),
});

/** GET /api/keywords/standing: a word that a flow might start with, a new one where none is named. */
export const wordQuerySchema = z.strictObject({
  word: z.string().trim().min(1).max(80),
  flow: idSchema.optional(),
});

/** What is wrong with the word, as a flow's issues say it; `free`: another one to take where another flow has this one. */
export const wordStandingSchema = z.object({
  issues: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'warning']), message: z.string() }),
  ),
  free: z.string().nullable(),
});

export type WordQuery = z.infer<typeof wordQuerySchema>;
export type WordStanding = z.infer<typeof wordStandingSchema>;
export type Keyword = z.infer<typeof keywordSchema>;
