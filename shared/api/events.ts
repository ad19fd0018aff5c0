import { z } from 'zod';
import { scalarSchema, slugSchema, writtenPhoneSchema } from './common.ts';

/** POST /api/contacts/:id/events: something happened to this person that a conversation may wait for. */
export const contactEventSchema = z.strictObject({
  /** As the step that waits calls it: `order-paid`. */
  event: slugSchema,
  /** Which one of them, where the step says: the number of an order. */
  key: z.string().trim().max(200).optional(),
  /** What the conversation keeps of it. */
  value: scalarSchema.optional(),
});

/** POST /api/events: the same, by the person's number. */
export const eventSchema = contactEventSchema.extend({
  phone: writtenPhoneSchema,
});

/** How many conversations had waited for it and go on now. */
export const eventTakenSchema = z.object({ conversations: z.number().int() });

export type ContactEvent = z.infer<typeof contactEventSchema>;
export type AnyoneEvent = z.infer<typeof eventSchema>;
export type EventTaken = z.infer<typeof eventTakenSchema>;
