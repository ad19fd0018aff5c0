import { z } from 'zod';
import {
  contactRefSchema,
  cursorQuery,
  erasedSchema,
  idSchema,
  momentSchema,
  searchSchema,
  streamSchema,
} from './common.ts';
import { trailStepSchema } from './runs.ts';

/** An inbound text is `decided`, `pending` (stored, not yet decided) or `set-aside` (stored, could not be decided, with a reason). */
const inboundStatusSchema = z.enum(['decided', 'pending', 'set-aside']);
/**
 * An outbound text: `queued` → `sent` → `delivered`, or `failed` (dead letter), `expired` (too old to be sent), `cancelled` (STOP
 * came first).
 */
const outboundStatusSchema = z.enum(['queued', 'sent', 'delivered', 'failed', 'expired', 'cancelled']);

export const messageSchema = z.object({
  id: idSchema,
  direction: z.enum(['in', 'out']),
  contact: contactRefSchema.nullable(),
  /** The number or name at our side. */
  sender: z.string(),
  /** The other side as the gateway gave it, when it is no contact. */
  other: z.string(),
  text: z.string(),
  segments: z.number().int(),
  status: z.union([inboundStatusSchema, outboundStatusSchema]),
  /** Why it was set aside, failed or cancelled. */
  reason: z.string().nullable(),
  /** An inbound text that nothing was there for: no keyword, no open question, and no flow for everything else. */
  unmatched: z.boolean(),
  erased: erasedSchema,
  flow: z.object({ id: idSchema, name: z.string() }).nullable(),
  at: momentSchema,
});

/** What a list of texts is narrowed down to; `unmatched`: inbound ones that nothing was there for. */
export const messagesStatusSchema = z.union([
  inboundStatusSchema,
  outboundStatusSchema,
  z.literal('unmatched'),
]);
export const messagesQuerySchema = z.strictObject({
  ...cursorQuery,
  search: searchSchema,
  direction: z.enum(['in', 'out']).optional(),
  status: messagesStatusSchema.optional(),
  contact: idSchema.optional(),
  flow: idSchema.optional(),
});
/** POST /api/messages/replay: all that the list shows with this filter and one of the statuses that can be tried again. */
export const replaySchema = z.strictObject({
  status: z.enum(['set-aside', 'failed', 'expired']),
  search: searchSchema,
  contact: idSchema.optional(),
  flow: idSchema.optional(),
});
/** `replayed`: how many are tried again; `left`: how many are not, because consent is gone; `more`: ask again for the rest. */
export const replayedSchema = z.object({
  replayed: z.number().int(),
  left: z.number().int(),
  more: z.boolean(),
});
export const messagesStreamSchema = streamSchema(messageSchema);

/** Why an inbound text did what it did, in the order it happened. */
export const explanationSchema = z.object({
  /** What the person texted, and the form in which words are compared. */
  text: z.string(),
  normalised: z.string(),
  /** The rule of routing that took it, in a sentence. */
  rule: z.string(),
  route: z.record(z.string(), z.unknown()),
  /** Keywords published now that the text meets, the most specific first, each with what became of it. */
  keywords: z.array(
    z.object({
      word: z.string(),
      match: z.string(),
      flow: z.object({ id: idSchema, name: z.string() }),
      medium: z.string().nullable(),
      score: z.number().int(),
      typos: z.number().int(),
      verdict: z.enum([
        'meant',
        'less-specific',
        'ambiguous',
        'held-back',
        'in-passing',
        'too-early',
        'too-late',
        'known-number',
        'unknown-number',
      ]),
      sentence: z.string(),
    }),
  ),
  flow: z
    .object({ id: idSchema, name: z.string(), version: z.number().int(), versionId: idSchema })
    .nullable(),
  trails: z.array(
    z.object({
      runId: idSchema,
      flow: z.object({ id: idSchema, name: z.string(), version: z.number().int(), versionId: idSchema }),
      steps: z.array(trailStepSchema),
    }),
  ),
  replies: z.array(messageSchema),
});

/** One message; an inbound one with its explanation, an outbound one with the id of the text that caused it. */
export const messageDetailSchema = messageSchema.extend({
  gatewayMessageId: z.string().nullable(),
  causeId: idSchema.nullable(),
  /** While it is queued: how often it was tried, and when it may go. */
  queue: z.object({ attempts: z.number().int(), dueAt: momentSchema }).nullable(),
  /** What the carrier reported, in the order it came. */
  receipts: z.array(
    z.object({
      status: z.enum(['accepted', 'delivered', 'failed', 'unknown']),
      detail: z.string().nullable(),
      at: momentSchema.nullable(),
      receivedAt: momentSchema,
    }),
  ),
  explanation: explanationSchema.nullable(),
});

export type Message = z.infer<typeof messageSchema>;
export type MessagesStatus = z.infer<typeof messagesStatusSchema>;
export type MessagesQuery = z.infer<typeof messagesQuerySchema>;
export type Replay = z.infer<typeof replaySchema>;
export type Replayed = z.infer<typeof replayedSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type MessageDetail = z.infer<typeof messageDetailSchema>;
