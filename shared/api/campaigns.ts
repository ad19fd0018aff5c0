import { z } from 'zod';
import { fieldName, fieldsSchema } from './contacts.ts';
import { idSchema, momentSchema, pageSchema, pageQuerySchema, slugSchema } from './common.ts';
import { orderOutcomeSchema } from './orders.ts';

/** Whom a campaign is for. Whoever it is, the consent gate decides about each of their texts. */
export const audienceSchema = z.discriminatedUnion('kind', [
  /** Those who confirmed the list. */
  z.strictObject({ kind: z.literal('list'), list: slugSchema }),
  z.strictObject({ kind: z.literal('tag'), tag: slugSchema }),
  /** Those whose field has exactly this value. */
  z.strictObject({ kind: z.literal('field'), field: fieldName, is: z.string().trim().min(1).max(200) }),
  /** Numbers that were handed over: POST /api/campaigns/:id/people. */
  z.strictObject({ kind: z.literal('file') }),
]);

/** A local date and time, without a zone: 2026-03-01T10:00. */
const wallClock = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Write it as 2026-03-01T10:00.');
/** Whose time zone counts: the workspace's, or each person's own. */
const zone = z.enum(['workspace', 'contact']);

/** When it begins. One that repeats begins at the same time of day, whatever daylight saving does. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({ kind: z.literal('at'), at: wallClock, zone }),
  z.strictObject({ kind: z.literal('every'), every: z.enum(['day', 'week', 'month']), at: wallClock, zone }),
]);

export const campaignStatusSchema = z.enum(['draft', 'scheduled', 'running', 'paused', 'done', 'cancelled']);

/**
 * Why one rests that was not paused by hand: its flow is paused or retired, its sender is gone; or it failed on our side, and is tried
 * again by itself.
 */
export const campaignTroubleSchema = z.enum(['flow-not-live', 'sender-removed', 'fault']);

/** POST /api/campaigns: nothing goes out before it is begun. */
export const createCampaignSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give it a name.').max(120),
  flowId: idSchema,
  /** The newest where none is given. */
  version: z.number().int().min(1).max(1_000_000).optional(),
  /** Needed only where there are several to choose from. */
  sender: z.string().trim().min(1).max(40).optional(),
  audience: audienceSchema,
  /** How many people it begins with per minute. */
  perMinute: z.number().int().min(1).max(60_000).default(600),
  schedule: scheduleSchema.default({ kind: 'now' }),
});

/**
 * PUT /api/campaigns/:id: a draft as it is to be from now on. One that somebody else changed since `revision` was read is left as it is:
 * 409 `campaign.stale`. `version` left out is the newest.
 */
export const updateCampaignSchema = createCampaignSchema.extend({
  perMinute: createCampaignSchema.shape.perMinute.unwrap(),
  schedule: scheduleSchema,
  revision: z.string().min(1).max(64),
  /** Takes out the numbers that were handed over, so that those of another file come in their place. */
  emptied: z.boolean().default(false),
});

/** POST /api/campaigns/:id/begin: refused with 409 `campaign.stale` where it is not as it was when `revision` was read. */
export const beginCampaignSchema = z.strictObject({ revision: z.string().max(64).optional() }).prefault({});

/** POST /api/campaigns/:id/people: a part of a file, at most 2,000 rows at once. */
export const addPeopleSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        phone: z.string().max(60),
        fields: fieldsSchema.optional(),
      }),
    )
    .min(1)
    .max(2_000),
});
/** `wrong`: the rows that are no phone number, counted from 0. */
export const peopleAddedSchema = z.object({
  added: z.number().int(),
  repeated: z.number().int(),
  wrong: z.array(z.number().int()),
});

export const campaignSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  status: campaignStatusSchema,
  /** `newest`: the version that is live by now; one of a series from its second on begins with it. */
  flow: z.object({ id: idSchema, name: z.string(), version: z.number().int(), newest: z.number().int() }),
  sender: z.string(),
  audience: audienceSchema,
  schedule: scheduleSchema,
  perMinute: z.number().int(),
  /** Which one of a repeating campaign it is. */
  number: z.number().int(),
  /** How many it is for, once that is settled, and how many of them are still to come. */
  people: z.number().int(),
  waiting: z.number().int(),
  startsAt: momentSchema.nullable(),
  createdAt: momentSchema,
  beganAt: momentSchema.nullable(),
  endedAt: momentSchema.nullable(),
  trouble: campaignTroubleSchema.nullable(),
  /** When one that failed is tried again. */
  triedAgainAt: momentSchema.nullable(),
  /** Of a repeating one: how many before it were left out, because no server was there at their time. */
  missed: z.number().int(),
});

export const campaignSchema = campaignSummarySchema.extend({
  /** Stands for its name, flow, sender, people, time and pace as they are now. */
  revision: z.string(),
  /** What the clock on the wall shows when it begins: of a series, this one of it. Null for one that is begun by hand. */
  wall: z.string().nullable(),
  createdBy: z.string().nullable(),
  outcomes: z.array(
    z.object({ outcome: orderOutcomeSchema, reason: z.string().nullable(), people: z.number().int() }),
  ),
  /** How the conversations that began stand: `active`, `parked`, or the outcome of those that ended. */
  runs: z.array(z.object({ state: z.string(), people: z.number().int() })),
  texts: z.number().int(),
  segments: z.number().int(),
  /** When the last will have been begun with, at this pace; no sooner than everybody's own clock says where that counts. */
  finishesAt: momentSchema.nullable(),
});

/** What a campaign would do if it began now; figures are scaled up where not everybody was looked at. */
export const campaignPreviewSchema = z.object({
  people: z.number().int(),
  looked: z.number().int(),
  outcomes: z.array(
    z.object({ outcome: orderOutcomeSchema, reason: z.string().nullable(), people: z.number().int() }),
  ),
  /** Texts, and their segments, until people reply. */
  texts: z.number().int(),
  segments: z.number().int(),
  /** Segments of one whole conversation; null where it is too large to say, `max` null where somebody can go round. */
  conversation: z.object({ min: z.number().int(), max: z.number().int().nullable() }).nullable(),
  beginsAt: momentSchema,
  /**
   * When the last of these texts would have gone out: at its pace, on everybody's clock where that counts, outside quiet hours, and as fast
   * as its sender may, behind what waits there already.
   */
  finishesAt: momentSchema,
  /** How many of these texts would wait for the end of quiet hours. */
  quiet: z.number().int(),
  /** How many of these texts would wait for longer than they are worth sending, and so not be sent. */
  expired: z.number().int(),
  /** Whether its sender has limits for single operators besides, which nobody can tell before whose networks people are in: it may end later. */
  operators: z.boolean(),
  /** Some of those who would get something, as different as there are, with the texts until they have to reply. */
  examples: z.array(z.object({ phone: z.string(), name: z.string().nullable(), texts: z.array(z.string()) })),
});

export const campaignPersonSchema = z.object({
  phone: z.string(),
  outcome: orderOutcomeSchema.nullable(),
  reason: z.string().nullable(),
  contactId: idSchema.nullable(),
  runId: idSchema.nullable(),
  at: momentSchema.nullable(),
});

export const campaignsQuerySchema = pageQuerySchema.extend({ status: campaignStatusSchema.optional() });
export const campaignPeopleQuerySchema = pageQuerySchema.extend({ outcome: orderOutcomeSchema.optional() });
export const campaignsPageSchema = pageSchema(campaignSummarySchema);
export const campaignPeoplePageSchema = pageSchema(campaignPersonSchema);

export type Audience = z.infer<typeof audienceSchema>;
export type Schedule = z.infer<typeof scheduleSchema>;
export type CampaignTrouble = z.infer<typeof campaignTroubleSchema>;
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;
export type CreateCampaign = z.output<typeof createCampaignSchema>;
export type CreateCampaignInput = z.input<typeof createCampaignSchema>;
export type UpdateCampaign = z.output<typeof updateCampaignSchema>;
export type UpdateCampaignInput = z.input<typeof updateCampaignSchema>;
export type BeginCampaign = z.output<typeof beginCampaignSchema>;
export type AddPeople = z.infer<typeof addPeopleSchema>;
export type PeopleAdded = z.infer<typeof peopleAddedSchema>;
export type CampaignSummary = z.infer<typeof campaignSummarySchema>;
export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignPreview = z.infer<typeof campaignPreviewSchema>;
export type CampaignExample = CampaignPreview['examples'][number];
export type CampaignPerson = z.infer<typeof campaignPersonSchema>;
export type CampaignsQuery = z.infer<typeof campaignsQuerySchema>;
export type CampaignPeopleQuery = z.infer<typeof campaignPeopleQuerySchema>;
