import { z } from 'zod';
import { fieldsSchema } from './contacts.ts';
import { idSchema, scalarSchema, slugSchema, writtenPhoneSchema } from './common.ts';

/** The number or name to text from; needed only where there are several to choose from. */
const sender = z.string().trim().min(1).max(40).optional();
/** The same order again under the same key changes nothing. The header Idempotency-Key does the same. */
export const idempotencyKeySchema = z.string().trim().min(1, 'An idempotency key is not empty.').max(200);

/** POST /api/flows/:id/start: begins a published flow with somebody. */
export const startFlowSchema = z.strictObject({
  phone: writtenPhoneSchema,
  sender,
  /** Kept on the contact. */
  fields: fieldsSchema.optional(),
  /** What the conversation knows from its first step on, as if it had been answered. */
  answers: z
    .record(z.string().min(1).max(60), scalarSchema)
    .refine((answers) => Object.keys(answers).length <= 100, 'At most 100 answers.')
    .optional(),
  /** Ends a conversation in this flow that is under way, and begins anew. */
  anew: z.boolean().default(false),
  idempotencyKey: idempotencyKeySchema.optional(),
});

/** A text can't be a `reply`: nothing of the person's is answered. */
export const textPurposeSchema = z.enum(['service', 'marketing', 'code', 'legal']);

const textFields = {
  phone: writtenPhoneSchema,
  sender,
  text: z.string().min(1, 'Write a text.').max(1_600),
  purpose: textPurposeSchema,
  /** What the person agreed to; marketing needs one. */
  list: slugSchema.optional(),
};
const namesItsList = ({ purpose, list }: { purpose: string; list?: string }): boolean =>
  purpose !== 'marketing' || list !== undefined;
const NO_LIST = { message: 'Say which list it is for: marketing needs its consent.', path: ['list'] };

/** POST /api/messages/rehearse: what would become of a text. */
export const rehearseTextSchema = z.strictObject(textFields).refine(namesItsList, NO_LIST);
/** POST /api/messages: sends somebody a text. */
export const sendTextSchema = z
  .strictObject({ ...textFields, idempotencyKey: idempotencyKeySchema.optional() })
  .refine(namesItsList, NO_LIST);

/**
 * What came of an order: `started` or `sent`; `held-back` by the consent gate (`reason`: no-consent and so on); `stopped`: the person
 * said STOP, nothing began; `already` in this flow; `left-out`, cancelled before its turn; `failed` on our side.
 */
export const orderOutcomeSchema = z.enum([
  'started',
  'sent',
  'held-back',
  'stopped',
  'already',
  'left-out',
  'failed',
]);

/** What came of it. `duplicate`: this key was used before, and this is what came of it then. */
export const orderResultSchema = z.object({
  id: idSchema,
  outcome: orderOutcomeSchema,
  reason: z.string().nullable(),
  contactId: idSchema.nullable(),
  /** The conversation that began or was under way. */
  runId: idSchema.nullable(),
  /** The text that was queued. */
  messageId: idSchema.nullable(),
  duplicate: z.boolean(),
});

export const textRehearsalSchema = z.object({
  outcome: orderOutcomeSchema,
  reason: z.string().nullable(),
  segments: z.number().int(),
});

export type StartFlow = z.output<typeof startFlowSchema>;
export type StartFlowInput = z.input<typeof startFlowSchema>;
export type SendText = z.infer<typeof sendTextSchema>;
export type RehearseText = z.infer<typeof rehearseTextSchema>;
export type TextPurpose = z.infer<typeof textPurposeSchema>;
export type OrderOutcome = z.infer<typeof orderOutcomeSchema>;
export type OrderResult = z.infer<typeof orderResultSchema>;
export type TextRehearsal = z.infer<typeof textRehearsalSchema>;
