import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** Every kind of gateway; how each works stands in the server, how it is called in the client. */
export const gatewayKindSchema = z.enum(['simulated', 'http']);

/** What keeps texts from going out through a gateway; `refused`: its key, its rights or its credit. */
export const gatewayTroubleSchema = z.enum(['throttled', 'unavailable', 'unreachable', 'silent', 'refused']);

/** An account at a carrier. `inboundPath` is where it posts MOs; the key in it is a secret. */
export const gatewaySchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: gatewayKindSchema,
  inboundPath: z.string(),
  /** Where MTs of an `http` gateway are posted. */
  sendUrl: z.string().nullable(),
  /** Whether MOs and MTs are signed with a shared secret. */
  signed: z.boolean(),
  partsSeconds: z.number().int(),
  repeatSeconds: z.number().int(),
  /** Where it posts delivery reports, for kinds that send them. */
  reportPath: z.string().nullable(),
  /** How many texts may be on their way to it at once, and how many a second it is given; null: what its kind bears. */
  mostAtOnce: z.number().int().nullable(),
  perSecond: z.number().nullable(),
  /**
   * `resting`: it failed again and again, or refuses its account, and is left alone until then; `trying`: the rest is over, or the
   * gateway was saved since, and one text tries.
   */
  health: z.object({
    state: z.enum(['working', 'resting', 'trying']),
    trouble: gatewayTroubleSchema.nullable(),
    since: momentSchema.nullable(),
    until: momentSchema.nullable(),
    reason: z.string().nullable(),
  }),
});
const gatewayFields = {
  name: z.string().trim().min(1, 'Give the gateway a name.').max(80),
  kind: gatewayKindSchema,
  sendUrl: z.url({ protocol: /^https?$/, error: 'Write a web address starting with https://' }).nullable(),
  /** Signs both ways with HMAC-SHA256 (Standard Webhooks); empty leaves it as it is. */
  secret: z.string().max(200).optional(),
  /** How long the missing parts of a long MO are waited for before it is decided with gaps, in seconds; 300 at first. */
  partsSeconds: z.number().int().min(10, 'Wait for 10 seconds at least.').max(3_600).optional(),
  /** Within how many seconds the same text again is a repeat whatever its id; 0, as at first: never. */
  repeatSeconds: z.number().int().min(0).max(3_600).optional(),
  /** How many texts may be on their way at once, and how many a second; null, as at first: what its kind bears. */
  mostAtOnce: z.number().int().min(1, 'At least 1.').max(1_000, 'At most 1,000.').nullish(),
  perSecond: z.number().positive('More than 0.').max(10_000, 'At most 10,000.').nullish(),
};
/** POST /api/gateways */
export const saveGatewaySchema = z.strictObject({
  ...gatewayFields,
  sendUrl: gatewayFields.sendUrl.default(null),
});
/** PATCH /api/gateways/:id, which keeps its kind. */
export const changeGatewaySchema = z.strictObject(gatewayFields).partial();

export type GatewayKind = z.infer<typeof gatewayKindSchema>;
export type GatewayTrouble = z.infer<typeof gatewayTroubleSchema>;
export type Gateway = z.infer<typeof gatewaySchema>;
export type SaveGateway = z.infer<typeof saveGatewaySchema>;
export type ChangeGateway = z.infer<typeof changeGatewaySchema>;
