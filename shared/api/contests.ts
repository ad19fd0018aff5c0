import { z } from 'zod';
import {
  countrySchema,
  idSchema,
  momentSchema,
  namedMomentSchema,
  pageSchema,
  pageQuerySchema,
  slugSchema,
  writtenPhoneSchema,
} from './common.ts';

/** `listing`: the list of entries of a draw is being fixed; `listed`: it is, and the draw is still to be held. */
export const contestStatusSchema = z.enum(['open', 'closed', 'listing', 'listed', 'drawn']);

/** Why an entry takes no part in a draw. */
export const leftOutSchema = z.enum([
  'by-hand',
  'late',
  'erased',
  'won-before',
  'tag',
  'country',
  'age-unknown',
]);

const webAddress = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, error: 'Write a web address starting with https://' }),
]);

/** What people are told, and who may win. */
const termsFields = {
  name: z.string().trim().min(1, 'Give the contest a name.').max(80),
  /** Null: until somebody closes it. */
  closesAt: namedMomentSchema.nullable(),
  prize: z.string().trim().max(200),
  rulesUrl: webAddress,
  /** Only who answered that they are as old takes part in a draw; null: everybody. */
  minimumAge: z.number().int().min(1, 'At least 1.').max(99, 'At most 99.').nullable(),
  /** Where numbers have to be from; none: anywhere. */
  countries: z.array(countrySchema).max(40),
  /** Whoever has one of these takes no part, such as employees. */
  excludedTags: z.array(slugSchema).max(20),
  /** What the draw will also be made from, announced before it is known: "the lottery numbers of 3 December". */
  publicSource: z.string().trim().max(200),
  /** Days that a winner has to claim the prize. */
  claimDays: z.number().int().min(1).max(365).nullable(),
};

export const saveContestSchema = z.strictObject({
  key: slugSchema,
  name: termsFields.name,
  closesAt: termsFields.closesAt.default(null),
  prize: termsFields.prize.default(''),
  rulesUrl: termsFields.rulesUrl.default(''),
  minimumAge: termsFields.minimumAge.default(null),
  countries: termsFields.countries.default([]),
  excludedTags: termsFields.excludedTags.default([]),
  publicSource: termsFields.publicSource.default(''),
  claimDays: termsFields.claimDays.default(null),
});
/** PATCH: what is left out stays as it is. */
export const changeContestSchema = z.strictObject(termsFields).partial();

export const contestSummarySchema = z.object({
  key: z.string(),
  name: z.string(),
  status: contestStatusSchema,
  closesAt: momentSchema.nullable(),
  entries: z.number().int(),
  /** How many won, of all its draws. */
  winners: z.number().int(),
  createdAt: momentSchema,
});

const leftOutEntries = z.array(z.object({ reason: leftOutSchema, entries: z.number().int() }));

/** A list of entries that is being fixed, bit by bit. */
export const listingSchema = z.object({
  /** Of the draw that will be held from it. */
  number: z.number().int(),
  winners: z.number().int(),
  reserves: z.number().int(),
  /** How many of the contest's entries were looked at, how many of those take part, and how many do not and why. */
  looked: z.number().int(),
  entries: z.number().int(),
  leftOut: leftOutEntries,
  /** `nobody`: all are left out, and the list can only be withdrawn; `fault`: it failed on our side, and is tried again by itself. */
  trouble: z.enum(['nobody', 'fault']).nullable(),
  askedAt: momentSchema,
  askedBy: z.string(),
});

export const drawSchema = z.object({
  number: z.number().int(),
  because: z.string().nullable(),
  winners: z.number().int(),
  reserves: z.number().int(),
  entries: z.number().int(),
  leftOut: leftOutEntries,
  fingerprint: z.string(),
  seal: z.string(),
  listedAt: momentSchema,
  listedBy: z.string(),
  publicSource: z.string().nullable(),
  publicValue: z.string().nullable(),
  /** Shown once the draw was held. */
  seed: z.string().nullable(),
  drawnAt: momentSchema.nullable(),
  drawnBy: z.string().nullable(),
});

export const contestSchema = contestSummarySchema.extend({
  prize: z.string(),
  rulesUrl: z.string(),
  minimumAge: z.number().int().nullable(),
  countries: z.array(z.string()),
  excludedTags: z.array(z.string()),
  publicSource: z.string(),
  claimDays: z.number().int().nullable(),
  /** The SHA-256 of the seed of the next draw, and since when it can be seen. */
  seal: z.string(),
  sealedAt: momentSchema,
  /** How many of the entries came another way than by text. */
  freeEntries: z.number().int(),
  /** The tag that winners carry, so that a campaign can tell them. */
  winnersTag: z.string(),
  /** The list that is being fixed for the next draw, if one is. */
  listing: listingSchema.nullable(),
  draws: z.array(drawSchema),
});

export const contestEntrySchema = z.object({
  contactId: idSchema,
  /** Null: erased. */
  phone: z.string().nullable(),
  name: z.string().nullable(),
  at: momentSchema,
  /** The conversation it was made in; null where it came another way. */
  runId: idSchema.nullable(),
  /** Who wrote it down, where it came another way. */
  enteredBy: z.string().nullable(),
  /** Why a person took it out of draws. */
  leftOut: z.string().nullable(),
});

export const contestWinnerSchema = z.object({
  place: z.number().int(),
  status: z.enum(['winner', 'reserve', 'replaced']),
  contactId: idSchema,
  phone: z.string().nullable(),
  name: z.string().nullable(),
  /** They said STOP to some program: what needs consent does not reach them. */
  stopped: z.boolean(),
  /** Why they were replaced. */
  because: z.string().nullable(),
  claimBy: momentSchema.nullable(),
  claimedAt: momentSchema.nullable(),
});

/** What was done with a contest, the latest first. */
export const contestDeedSchema = z.object({
  at: momentSchema,
  person: z.string(),
  deed: z.enum([
    'made',
    'changed',
    'closed',
    'entry-added',
    'entry-left-out',
    'entry-taken-back',
    'listed',
    'list-withdrawn',
    'drawn',
    'replaced',
    'claimed',
    'unclaimed',
  ]),
  contactId: idSchema.nullable(),
  words: z.string().nullable(),
});

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(300);

/** POST /api/contests/:key/entries: somebody who entered without a text, by letter or on the web. */
export const addEntrySchema = z.strictObject({
  phone: writtenPhoneSchema,
  /** When it arrived; now, where it is left out. */
  at: namedMomentSchema.optional(),
});
export const reasonSchema = z.strictObject({ because: reason });
/** POST /api/contests/:key/draws: fixes who takes part. A further draw needs a reason. */
export const listEntriesSchema = z.strictObject({
  winners: z.number().int().min(1, 'At least one.').max(1_000, 'At most 1,000.'),
  reserves: z.number().int().min(0).max(1_000, 'At most 1,000.').default(0),
  because: reason.nullable().default(null),
});
/** What the announced source turned out to be; empty where none was announced. */
export const holdDrawSchema = z.strictObject({ publicValue: z.string().trim().max(400).default('') });
export const claimSchema = z.strictObject({ claimed: z.boolean() });

export const contestsQuerySchema = pageQuerySchema.extend({ status: z.enum(['open', 'over']).optional() });
export const entriesQuerySchema = pageQuerySchema.extend({ state: z.enum(['in', 'left-out']).optional() });
export const contestsPageSchema = pageSchema(contestSummarySchema);
export const entriesPageSchema = pageSchema(contestEntrySchema);
export const numberSchema = z.coerce.number().int().min(1).max(1_000_000);

export type AddEntry = z.infer<typeof addEntrySchema>;
export type ContestStatus = z.infer<typeof contestStatusSchema>;
export type LeftOut = z.infer<typeof leftOutSchema>;
export type SaveContest = z.output<typeof saveContestSchema>;
export type SaveContestInput = z.input<typeof saveContestSchema>;
export type ChangeContest = z.output<typeof changeContestSchema>;
export type ContestSummary = z.infer<typeof contestSummarySchema>;
export type Contest = z.infer<typeof contestSchema>;
export type Listing = z.infer<typeof listingSchema>;
export type Draw = z.infer<typeof drawSchema>;
export type ContestEntry = z.infer<typeof contestEntrySchema>;
export type ContestWinner = z.infer<typeof contestWinnerSchema>;
export type ContestDeed = z.infer<typeof contestDeedSchema>;
export type ListEntries = z.output<typeof listEntriesSchema>;
export type ContestsQuery = z.infer<typeof contestsQuerySchema>;
export type EntriesQuery = z.infer<typeof entriesQuerySchema>;
export type HoldDraw = z.output<typeof holdDrawSchema>;
export type Because = z.infer<typeof reasonSchema>;
export type ClaimPrize = z.infer<typeof claimSchema>;
