import { z } from 'zod';
import { countrySchema, idSchema } from './common.ts';
import { gatewayKindSchema } from './gateways.ts';

/** How much and how fast a sender may send to a country, an operator we know ("us-t-mobile") or a network ("310260"). */
const operatorLimitSchema = z
  .strictObject({
    operator: z
      .string()
      .regex(/^([A-Z]{2}|\d{5,6}|[a-z]{2}-[a-z0-9-]{1,40})$/, 'Choose a country or an operator.'),
    perSecond: z.number().positive('More than 0.').max(10_000, 'At most 10,000.').nullable().default(null),
    mostADay: z.number().int().min(1, 'At least 1.').max(100_000_000).nullable().default(null),
  })
  .refine(({ perSecond, mostADay }) => perSecond !== null || mostADay !== null, {
    message: 'Say how many, a second or a day.',
    path: ['mostADay'],
  });
const operatorLimitsSchema = z
  .array(operatorLimitSchema)
  .max(50)
  .refine((all) => new Set(all.map(({ operator }) => operator)).size === all.length, {
    message: 'Each operator can be limited once.',
  });

/** What a sender may send, how much and how fast. */
const limitsShape = {
  /** Countries it may text; none means its own alone, "*" all. */
  destinations: z.array(z.string().regex(/^([A-Z]{2}|\*)$/, 'Choose countries.')).max(250),
  /** Longer texts are not sent. */
  mostSegments: z.number().int().min(1, 'At least 1.').max(50, 'At most 50.'),
  /** Texts a day of the workspace's zone, and what becomes of more. */
  mostADay: z.number().int().min(1, 'At least 1.').max(100_000_000).nullable(),
  overDay: z.enum(['tomorrow', 'fail']),
  /** A text that has waited longer is not sent; null: what it is for decides. */
  validMinutes: z.number().int().min(1, 'At least 1.').max(10_080, 'At most a week.').nullable(),
  perSecond: z.number().positive('More than 0.').max(10_000, 'At most 10,000.').nullable(),
  /** A campaign registered with the operators: its senders share one pace and one ceiling a day, the lowest set for any of them. */
  campaign: z.string().trim().max(40).nullable(),
  /** What goes beyond these waits: for its turn, or until the operator's next day. */
  operators: operatorLimitsSchema,
};

const senderKindSchema = z.enum(['short-code', 'long-number', 'toll-free', 'alphanumeric']);
/** A number or name that a workspace sends from, with its limits. */
export const senderSchema = z.object({
  id: idSchema,
  address: z.string(),
  kind: senderKindSchema,
  country: z.string(),
  gateway: z.object({ id: idSchema, name: z.string(), kind: gatewayKindSchema }),
  program: z.object({ id: idSchema, name: z.string() }),
  ...limitsShape,
  /** Texts of today, where there is a ceiling. */
  sentToday: z.number().int().nullable(),
});
const senderFields = {
  address: z.string().trim().min(3, 'Write the number or name people see.').max(20),
  kind: senderKindSchema,
  country: countrySchema,
  gatewayId: idSchema,
  programId: idSchema,
  ...limitsShape,
};
/** POST /api/senders */
export const saveSenderSchema = z.strictObject({
  ...senderFields,
  destinations: limitsShape.destinations.default([]),
  mostSegments: limitsShape.mostSegments.default(10),
  mostADay: limitsShape.mostADay.default(null),
  overDay: limitsShape.overDay.default('tomorrow'),
  validMinutes: limitsShape.validMinutes.default(null),
  perSecond: limitsShape.perSecond.default(null),
  campaign: limitsShape.campaign.default(null),
  operators: limitsShape.operators.default([]),
});
/** PATCH /api/senders/:id */
export const changeSenderSchema = z.strictObject(senderFields).partial();

export type Sender = z.infer<typeof senderSchema>;
export type SaveSender = z.infer<typeof saveSenderSchema>;
export type ChangeSender = z.infer<typeof changeSenderSchema>;
/** As programs write it: what is left out is as usual. */
export type SenderInput = z.input<typeof saveSenderSchema>;
