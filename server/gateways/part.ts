import { z } from 'zod';
import type { TextPart } from './gateway.ts';

/** The reference of a concatenated text has 8 or 16 bits, its parts are counted with 8 [3GPP TS 23.040, 9.2.3.24.1 and .8]. */
export const MOST_PARTS = 255;
/** No network carries more than 160 characters in one; of what claims to be one no more is kept, for all of them are written at each. */
const LONGEST_PART = 1_000;

const partSchema = z
  .object({
    reference: z.union([z.string().min(1).max(64), z.number().int()]).transform(String),
    number: z.coerce.number().int().min(1),
    total: z.coerce.number().int().min(2).max(MOST_PARTS),
  })
  .refine(({ number, total }) => number <= total);

/** Which part of a longer text this is, by what a gateway says: `{ reference, number, total }`; undefined where it says nothing sensible. */
export function partOf(given: unknown, text: string): TextPart | undefined {
  if (given === undefined) return undefined;
  const read = partSchema.safeParse(given);
  return read.success ? { ...read.data, text: text.slice(0, LONGEST_PART) } : undefined;
}

/** The same out of the fields that were kept with a stored text. */
export const partIn = (extra: unknown, text: string): TextPart | undefined =>
  typeof extra === 'object' && extra !== null ? partOf(Reflect.get(extra, 'part'), text) : undefined;
