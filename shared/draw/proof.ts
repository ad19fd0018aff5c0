import { z } from 'zod';
import { momentSchema } from '../api/common.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits are expected.');

/** What anybody needs to draw again, beside the list of entries: one id a line, sorted. Made once the draw was held. */
export const drawProofSchema = z.object({
  format: z.literal('textloom-draw-1'),
  method: z.string(),
  contest: z.object({ key: z.string(), name: z.string() }),
  number: z.number().int().min(1),
  /** Why it was held, of a further draw of the same contest. */
  because: z.string().nullable(),
  closedAt: momentSchema,
  /** The SHA-256 of the seed, and since when it was shown. */
  seal: sha256Schema,
  sealedAt: momentSchema,
  listedAt: momentSchema,
  list: z.object({ entries: z.number().int().min(1), fingerprint: sha256Schema }),
  leftOut: z.array(z.object({ reason: z.string(), entries: z.number().int() })),
  publicSource: z.string().nullable(),
  publicValue: z.string().nullable(),
  seed: sha256Schema,
  drawnAt: momentSchema,
  winners: z.number().int(),
  reserves: z.number().int(),
  /** In the order they were drawn. `line` counts from 1. */
  drawn: z.array(
    z.object({
      place: z.number().int().min(1),
      line: z.number().int().min(1),
      entry: z.string(),
      status: z.enum(['winner', 'reserve', 'replaced']),
    }),
  ),
});

export type DrawProof = z.infer<typeof drawProofSchema>;

/** What a proof says of how it was drawn. */
export const DRAW_METHOD =
  'RFC 3797. Sources, in this order: seed, list.fingerprint (SHA-256 of the list file) and, where there is one, publicValue. ' +
  'seal is the SHA-256 of seed.';
