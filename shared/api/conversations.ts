import { z } from 'zod';
import { revisionSchema, scalarSchema } from './common.ts';

const words = z.string().max(2_000);

/** A length of time in a conversation: a whole number and one of s, m, h, d, w, up to about two years. */
const passingSchema = z
  .string()
  .regex(
    /^(?:[1-9]\d{0,5}[sm]|[1-9]\d{0,3}h|[1-9]\d{0,2}d|[1-9]\d?w)$/,
    'Write a whole number and a unit, such as 30m, 24h or 2d.',
  );

/** What the person says, what they hear, how much time passes, what happens outside, what the outside answers. */
export const conversationLineSchema = z.union([
  z.strictObject({ says: words, media: z.array(words).max(10).optional() }),
  z.strictObject({ hears: z.string().max(10_000) }),
  z.strictObject({ list: z.string().max(60), becomes: z.enum(['confirmed', 'revoked']) }),
  z.strictObject({ after: passingSchema }),
  z.strictObject({
    event: z.string().max(120),
    key: z.string().max(200).optional(),
    value: scalarSchema.optional(),
  }),
  z.strictObject({
    answer: z.string().max(40),
    with: z.string().max(60),
    values: z.record(z.string().max(120), scalarSchema).optional(),
  }),
]);

/** A golden conversation: how a flow is meant to go, played again on every edit. What it says of the person holds before the first line. */
export const conversationSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the conversation a name.').max(160),
  /** When it begins; left out, on Thursday, 1 January 1970, 0:00 UTC, so that it reads the same on every day. */
  begins: z.iso.datetime('Write a moment in UTC, such as 2026-12-25T10:00:00Z.').optional(),
  contact: z
    .record(z.string().max(120), z.union([z.string().max(1_000), z.number(), z.boolean()]))
    .optional(),
  phone: z.string().max(20).optional(),
  language: z.string().max(20).optional(),
  tags: z.array(z.string().max(80)).max(50).optional(),
  closedContests: z.array(z.string().max(40)).max(50).optional(),
  emptyPools: z.array(z.string().max(40)).max(50).optional(),
  /** What is asked of the outside waits for an `answer` line; otherwise it is answered at once, and well. */
  holds: z.boolean().optional(),
  lines: z.array(conversationLineSchema).min(1).max(400),
});

export const conversationsSchema = z
  .array(conversationSchema)
  .max(300)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    error: 'Each conversation needs a name of its own.',
  });

/** GET and PUT /api/flows/:id/conversations. A stale `revision` is refused with 409 `flow.conversations-stale`. */
export const goldenSetSchema = z.strictObject({
  conversations: conversationsSchema,
  revision: revisionSchema,
});
export const savedGoldenSetSchema = z.object({ revision: z.number().int() });

export type SavedConversation = z.infer<typeof conversationSchema>;
export type GoldenSet = z.infer<typeof goldenSetSchema>;
export type SavedGoldenSet = z.infer<typeof savedGoldenSetSchema>;
