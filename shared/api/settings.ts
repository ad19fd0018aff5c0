import { z } from 'zod';
import { idSchema, momentSchema, slugSchema } from './common.ts';
import { roleSchema } from './session.ts';

/** What a sender is for; its words answer HELP, STOP and START. An empty text means the country's standard words. */
export const programSchema = z.object({
  id: idSchema,
  name: z.string(),
  brand: z.string(),
  language: z.string(),
  /** Where a person finds help, named in the HELP answer: an e-mail address, a phone number or a page. */
  contact: z.string(),
  helpText: z.string(),
  stopText: z.string(),
  startText: z.string(),
  /** Answers AGENT, HUMAN and the like; empty: these are words like any other. */
  agentText: z.string(),
  /** How often people hear from it, as a first message says it: "2 msgs/month". */
  frequency: z.string(),
  termsUrl: z.string(),
  privacyUrl: z.string(),
  /** Where STOP is texted when the sender cannot receive (France: 36xxx). */
  stopAddress: z.string(),
  closedText: z.string(),
});
const webAddress = z
  .union([
    z.literal(''),
    z.url({ protocol: /^https?$/, error: 'Write a web address starting with https://' }),
  ])
  .default('');

export const saveProgramSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the program a name.').max(80),
  brand: z.string().trim().min(1, 'Name the brand people know you by.').max(40),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .default('en'),
  contact: z
    .string()
    .trim()
    .min(3, 'Say where people find help: an e-mail address, a phone number or a page.')
    .max(60),
  helpText: z.string().trim().max(320).default(''),
  stopText: z.string().trim().max(320).default(''),
  startText: z.string().trim().max(320).default(''),
  agentText: z.string().trim().max(320).default(''),
  frequency: z.string().trim().max(40).default(''),
  termsUrl: webAddress,
  privacyUrl: webAddress,
  stopAddress: z
    .string()
    .trim()
    .regex(/^$|^\+?\d{3,15}$/, 'Write a number: 36111.')
    .default(''),
  /** Answers the keyword of a flow that is paused or archived. */
  closedText: z.string().trim().max(320).default(''),
});

export const gatewayKindSchema = z.enum(['simulated', 'http']);

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
  /** `resting`: it failed again and again and is left alone until then; `trying`: the rest is over and one text tries. */
  health: z.object({
    state: z.enum(['working', 'resting', 'trying']),
    since: momentSchema.nullable(),
    until: momentSchema.nullable(),
    reason: z.string().nullable(),
  }),
});
export const saveGatewaySchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the gateway a name.').max(80),
  kind: gatewayKindSchema,
  sendUrl: z
    .url({ protocol: /^https?$/, error: 'Write a web address starting with https://' })
    .nullable()
    .default(null),
  /** Signs both ways with HMAC-SHA256 (Standard Webhooks); empty leaves it as it is. */
  secret: z.string().max(200).optional(),
  /** How long the missing parts of a long MO are waited for before it is decided with gaps, in seconds; left out: as it is, or 300. */
  partsSeconds: z.number().int().min(10, 'Wait for 10 seconds at least.').max(3_600).optional(),
  /** Within how many seconds the same text again is a repeat whatever its id; 0: never. Left out: as it is, or 0. */
  repeatSeconds: z.number().int().min(0).max(3_600).optional(),
  /** How many texts may be on their way at once, and how many a second; null: what its kind bears. Left out: as it is. */
  mostAtOnce: z.number().int().min(1, 'At least 1.').max(1_000, 'At most 1,000.').nullish(),
  perSecond: z.number().positive('More than 0.').max(10_000, 'At most 10,000.').nullish(),
});

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
  /** A campaign registered with the operators: its senders share one pace and one ceiling a day. */
  campaign: z.string().trim().max(40).nullable(),
  /** What goes beyond these waits: for its turn, or until the operator's next day. */
  operators: operatorLimitsSchema,
};

export const senderKindSchema = z.enum(['short-code', 'long-number', 'toll-free', 'alphanumeric']);
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
export const saveSenderSchema = z.strictObject({
  address: z.string().trim().min(3, 'Write the number or name people see.').max(20),
  kind: senderKindSchema,
  country: z.string().regex(/^[A-Z]{2}$/, 'Choose a country.'),
  gatewayId: idSchema,
  programId: idSchema,
  destinations: limitsShape.destinations.default([]),
  mostSegments: limitsShape.mostSegments.default(10),
  mostADay: limitsShape.mostADay.default(null),
  overDay: limitsShape.overDay.default('tomorrow'),
  validMinutes: limitsShape.validMinutes.default(null),
  perSecond: limitsShape.perSecond.default(null),
  campaign: limitsShape.campaign.default(null),
  operators: limitsShape.operators.default([]),
});
/** PATCH /api/senders/:id: limits that are left out stay as they are. */
export const changeSenderSchema = saveSenderSchema.extend(z.object(limitsShape).partial().shape);

const optInSchema = z.enum(['single', 'double']);
const country = z.string().regex(/^[A-Z]{2}$/, 'Choose a country.');
const basisSchema = z.enum(['express', 'implied']);
const days = z.number().int().min(1, 'At least 1.').max(3_650, 'At most 3,650.').nullable();
const ageInYears = z.number().int().min(1, 'At least 1.').max(99, 'At most 99.').nullable();
/** What differs for people whose number is of a country, by its code. */
const listCountriesSchema = z.record(
  country,
  z.strictObject({
    optIn: optInSchema.optional(),
    basis: basisSchema.optional(),
    lastsDays: days.optional(),
    impliedDays: days.optional(),
    minimumAge: ageInYears.optional(),
  }),
);

/** What people consent to. */
export const listSchema = z.object({
  key: slugSchema,
  name: z.string(),
  optIn: optInSchema,
  countries: listCountriesSchema,
  /** `implied`: what follows from something else, such as a purchase, counts as well, where an import brings its evidence. */
  basis: basisSchema,
  /** An express consent lapses so many days after it was given, an implied one after so many; null: never. */
  lastsDays: days,
  impliedDays: days,
  /** Only those count who answered that they are as old, in years; null: everybody. */
  minimumAge: ageInYears,
  /** A question to confirm lapses unanswered after so many hours; null: never. */
  asksHours: z.number().int().nullable(),
  confirmed: z.number().int(),
  pending: z.number().int(),
  revoked: z.number().int(),
});
export const saveListSchema = z.strictObject({
  key: slugSchema,
  name: z.string().trim().min(1, 'Give the list a name.').max(80),
  optIn: optInSchema,
  countries: listCountriesSchema.default({}),
  basis: basisSchema.default('express'),
  lastsDays: days.default(null),
  impliedDays: days.default(null),
  minimumAge: ageInYears.default(null),
  asksHours: z.number().int().min(1).max(8_760).nullable().default(null),
});

/** PATCH /api/lists/:key: terms that are left out stay as they are. */
export const changeListSchema = saveListSchema.extend({
  countries: listCountriesSchema.optional(),
  basis: basisSchema.optional(),
  lastsDays: days.optional(),
  impliedDays: days.optional(),
  minimumAge: ageInYears.optional(),
  asksHours: saveListSchema.shape.asksHours.unwrap().optional(),
});

/** A keyword of a published flow, as people can text it now. */
export const keywordSchema = z.object({
  word: z.string(),
  match: z.string(),
  sender: z.string(),
  medium: z.string().nullable(),
  /** It counts from then on, and before `until`. */
  from: momentSchema.nullable(),
  until: momentSchema.nullable(),
  /** Whether it is for numbers that texted before, for others, or for all. */
  known: z.enum(['any', 'known', 'unknown']),
  flow: z.object({ id: idSchema, name: z.string(), version: z.number().int() }),
});

export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
  lastSeenAt: momentSchema.nullable(),
});
export const invitePersonSchema = z.strictObject({
  name: z.string().trim().min(1, 'Write the name.').max(80),
  email: z.email('Write an e-mail address.'),
  role: roleSchema,
});
/** PATCH /api/people/:id */
export const changePersonSchema = z.strictObject({ role: roleSchema });
/** The answer to an invitation: a one-time sign-in link to pass on. */
export const invitationSchema = z.object({ person: personSchema, link: z.string(), expiresAt: momentSchema });

export const workspaceSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the workspace a name.').max(80),
  timeZone: z.string().max(60),
  /** How much marketing one person gets at most, in 24 hours and in 7 days; null: as much as is sent, left out: as before. */
  marketingADay: z.number().int().min(1, 'At least 1.').max(100).nullish(),
  marketingAWeek: z.number().int().min(1, 'At least 1.').max(500).nullish(),
});

/** POST /api/sending: the one switch that stops all sending now, and starts it again. */
export const sendingSchema = z.strictObject({ stopped: z.boolean() });

/** Somebody turned that switch. */
export const sendingSwitchSchema = z.object({
  id: idSchema,
  stopped: z.boolean(),
  at: momentSchema,
  /** Null where the person is gone. */
  by: z.string().nullable(),
});

export type Program = z.infer<typeof programSchema>;
export type SaveProgram = z.infer<typeof saveProgramSchema>;
export type Gateway = z.infer<typeof gatewaySchema>;
export type SaveGateway = z.infer<typeof saveGatewaySchema>;
export type Sender = z.infer<typeof senderSchema>;
export type SaveSender = z.infer<typeof saveSenderSchema>;
export type ChangeSender = z.infer<typeof changeSenderSchema>;
/** As programs write it: what is left out is as usual. */
export type SenderInput = z.input<typeof saveSenderSchema>;
export type ContactList = z.infer<typeof listSchema>;
export type SaveContactList = z.infer<typeof saveListSchema>;
export type ChangeContactList = z.infer<typeof changeListSchema>;
export type Keyword = z.infer<typeof keywordSchema>;
export type Person = z.infer<typeof personSchema>;
export type InvitePerson = z.infer<typeof invitePersonSchema>;
export type ChangePerson = z.infer<typeof changePersonSchema>;
export type Invitation = z.infer<typeof invitationSchema>;
export type Workspace = z.infer<typeof workspaceSchema>;
export type Sending = z.infer<typeof sendingSchema>;
export type SendingSwitch = z.infer<typeof sendingSwitchSchema>;
