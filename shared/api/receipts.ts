import { z } from 'zod';

const idSchema = z.union([z.string().min(1).max(200), z.number()]).transform(String);

/** POST /in/:gateway/:key/dlr: what became of a text. `id` is the far end's own, as it answered; `messageId` is ours, as it was sent along. */
export const receiptBodySchema = z
  .object({
    id: idSchema.optional(),
    messageId: z.uuid().optional(),
    /** accepted, delivered, failed, rejected, expired …; what else is said is kept and decides nothing. */
    status: z.string().min(1).max(40),
    /** The carrier's code; 21610, 40300, "blocked" or "opted-out" mean that the person has stopped the sender. */
    code: idSchema.optional(),
    reason: z.string().max(500).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    /** The network the person is in: mobile country code and network code, "310260" or "310-260". What is none is left out. */
    network: z
      .union([z.string(), z.number()])
      .transform((code) => String(code).replace(/[ -]/g, ''))
      .transform((code) => (/^\d{5,6}$/.test(code) ? code : undefined))
      .optional(),
  })
  .refine(({ id, messageId }) => id !== undefined || messageId !== undefined, {
    message: 'Name the text by id or messageId.',
  });

/** The answer once they are stored. */
export const receiptsTakenSchema = z.object({ accepted: z.number().int() });
