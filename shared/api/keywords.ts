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

export type Keyword = z.infer<typeof keywordSchema>;
