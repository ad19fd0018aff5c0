import { z } from 'zod';

/** The body the simulated and the generic HTTP gateway take. Unknown fields are kept, never refused. */
export const inboundBodySchema = z.looseObject({
  from: z.string().max(200),
  to: z.string().max(200),
  text: z.string().default(''),
  /** The gateway's own id: the same id is decided once. */
  id: z.union([z.string().max(200), z.number()]).optional(),
  /** Which part of a longer text this is, `{ reference, number, total }`: parts are put together before they are decided. */
  part: z.unknown().optional(),
});

/** One reply, as the answer of a gateway's door shows it: a view of the MTs stored for this MO. */
export const inboundReplySchema = z.object({ to: z.string(), from: z.string(), text: z.string() });

/** The answer to an accepted MO. `status` is `set-aside` for an unknown sender or a `from` that is no number. */
export const acceptedSchema = z.object({
  accepted: z.literal(true),
  status: z.enum(['decided', 'pending', 'set-aside']),
  id: z.uuid(),
  replies: z.array(inboundReplySchema),
  duplicate: z.literal(true).optional(),
  reason: z.string().optional(),
});

export type InboundBody = z.infer<typeof inboundBodySchema>;
export type InboundReply = z.infer<typeof inboundReplySchema>;
export type Accepted = z.infer<typeof acceptedSchema>;
