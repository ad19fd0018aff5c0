import type { z } from 'zod';

/** Zod's own switch for checking shapes and nothing else: no lengths, patterns or refinements, no trimming. */
const SHAPE_ONLY = { jitless: false, skipChecks: true };

/**
 * Reads a config as a form has to hold it while somebody types: of the right shape, but perhaps with an empty text or a
 * number out of bounds, which the issues point out. Null where even the shape is wrong.
 */
export function readLeniently<Config>(schema: z.ZodType<Config>, value: unknown): Config | null {
  const read = schema.safeParse(value, SHAPE_ONLY);
  return read.success ? read.data : null;
}
