import { z } from 'zod';
import {
  contactRefSchema,
  erasedSchema,
  idSchema,
  momentSchema,
  pageQuerySchema,
  pageSchema,
} from './common.ts';

/**
 * What was decided about a text that may be a STOP: `revoked` or `kept` by somebody of the workspace, `overtaken` where the person said
 * more clearly what they want.
 */
const reviewDecisionSchema = z.enum(['revoked', 'kept', 'overtaken']);

/** A text that may be a STOP. Until somebody has read it, nothing that needs consent goes out to the person from that program. */
export const reviewSchema = z.object({
  id: idSchema,
  at: momentSchema,
  contact: contactRefSchema,
  program: z.object({ id: idSchema, name: z.string() }),
  /** The number it was sent to. */
  sender: z.string().nullable(),
  /** What the person wrote; null once they were erased, or the month of it was forgotten. */
  text: z.string().nullable(),
  erased: erasedSchema,
  messageId: idSchema.nullable(),
  decision: reviewDecisionSchema.nullable(),
  decidedAt: momentSchema.nullable(),
  /** The name of whoever decided. */
  decidedBy: z.string().nullable(),
  /** How many queued texts wait for the decision. */
  waiting: z.number().int(),
});

/** GET /api/inbox. Open ones come oldest first, decided ones newest first. */
export const inboxQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'decided']).default('open'),
});
export const inboxPageSchema = pageSchema(reviewSchema);
/** GET /api/inbox/open: how many texts wait to be read. */
export const inboxOpenSchema = z.object({ open: z.number().int() });
/** PUT /api/inbox/:id/decision */
export const decideReviewSchema = z.strictObject({ decision: z.enum(['revoked', 'kept']) });

export type Review = z.infer<typeof reviewSchema>;
export type InboxQuery = z.infer<typeof inboxQuerySchema>;
export type DecideReview = z.infer<typeof decideReviewSchema>;
