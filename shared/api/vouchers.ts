import { z } from 'zod';
import {
  contactRefSchema,
  cursorQuery,
  idSchema,
  momentSchema,
  namedMomentSchema,
  pageQuerySchema,
  pageSchema,
  searchSchema,
  slugSchema,
  streamSchema,
} from './common.ts';

/**
 * Where a voucher's code is: `reserved` for somebody who is to be texted, `sent` once a text that carries it went out or may have, and
 * `redeemed` when the shop says so. Only one that nobody can have seen is `available` again.
 */
export const codeStateSchema = z.enum(['available', 'reserved', 'sent', 'redeemed']);

/** A pool that is closed gives no code away; what it gave can still be redeemed. */
export const poolStateSchema = z.enum(['open', 'closed']);

/** The most codes one file or one request may add, and the longest code. */
export const MOST_CODES = 1_000_000;
export const LONGEST_CODE = 64;
/** The largest text with codes, in characters. */
export const LONGEST_CODES_TEXT = 68_000_000;

const poolFields = {
  name: z.string().trim().min(1, 'Give the pool a name.').max(80),
  description: z.string().trim().max(500),
  /** Whether a person who has a code gets the same one again, or another one. */
  onePerPerson: z.boolean(),
  /** The last day on which codes are given and redeemed, such as 2026-12-31, by the workspace's zone; null: for ever. */
  expiresOn: z.iso.date('Choose a day.').nullable(),
};

/** POST /api/vouchers */
export const savePoolSchema = z.strictObject({
  key: slugSchema,
  name: poolFields.name,
  description: poolFields.description.default(''),
  onePerPerson: poolFields.onePerPerson.default(true),
  expiresOn: poolFields.expiresOn.default(null),
});
/** PATCH /api/vouchers/:key: what is left out stays as it is. */
export const changePoolSchema = z.strictObject({ ...poolFields, state: poolStateSchema }).partial();

export const poolSummarySchema = z.object({
  key: z.string(),
  name: z.string(),
  state: poolStateSchema,
  onePerPerson: z.boolean(),
  expiresOn: z.string().nullable(),
  /** Codes in all, and how many of them are where. */
  total: z.number().int(),
  available: z.number().int(),
  reserved: z.number().int(),
  sent: z.number().int(),
  redeemed: z.number().int(),
  /** How many were given a day, in the mean of the last seven days or since the first one. */
  perDay: z.number(),
  /** The day on which none is left where that goes on, as 2026-12-31; null where nobody can tell, or it is years away. */
  runsOutOn: z.string().nullable(),
  createdAt: momentSchema,
});

/** What came of the codes that one version of a flow gave, by the arms of its tests. Somebody in no test has none. */
export const poolResultSchema = z.object({
  flow: z.object({ id: idSchema, name: z.string() }),
  version: z.number().int(),
  arm: z.object({ experiment: z.string(), arm: z.string() }).nullable(),
  given: z.number().int(),
  redeemed: z.number().int(),
});

/** GET /api/vouchers/:key */
export const poolSchema = poolSummarySchema.extend({
  description: z.string(),
  results: z.array(poolResultSchema),
});

export const voucherCodeSchema = z.object({
  code: z.string(),
  state: codeStateSchema,
  /** Who has it; null: nobody, or somebody who was erased. */
  contact: contactRefSchema.nullable(),
  /** The conversation that gave it. */
  runId: idSchema.nullable(),
  reservedAt: momentSchema.nullable(),
  sentAt: momentSchema.nullable(),
  redeemedAt: momentSchema.nullable(),
});

const codesText = z
  .string()
  .min(1, 'There is no code in it.')
  .max(LONGEST_CODES_TEXT, 'At most 1,000,000 codes at once.');
/** What whoever loads or makes codes calls that, to see how far it is and to call it back. */
const loadName = idSchema.optional();

/** POST /api/vouchers/:key/codes: a code a line, or CSV whose column `code`, else its first one, has them. All are taken or none. */
export const loadCodesSchema = z.strictObject({ text: codesText, load: loadName });

/** POST /api/vouchers/:key/codes/wrong.csv: the same text as it would be loaded. */
export const checkCodesSchema = z.strictObject({ text: codesText });

/** POST /api/vouchers/:key/generate: codes of letters and digits that nobody confuses. */
export const generateCodesSchema = z.strictObject({
  count: z.number().int().min(1, 'At least one.').max(MOST_CODES, 'At most 1,000,000 at once.'),
  prefix: z
    .string()
    .trim()
    .max(20, 'At most 20 characters.')
    .regex(/^[A-Za-z0-9-]*$/, 'Use letters, digits and dashes.')
    .default(''),
  /** Without the prefix. */
  length: z.number().int().min(6, 'At least 6.').max(32, 'At most 32.').default(10),
  load: loadName,
});

/**
 * Codes that are being loaded or made: `waiting` for others to be through with the pool, `reading` lines, `checking` whether they can be
 * taken, and `adding` them; `done` of `total` in that step. Until the end nobody else sees any of them.
 */
export const codesLoadSchema = z.object({
  id: idSchema,
  made: z.boolean(),
  step: z.enum(['waiting', 'reading', 'checking', 'adding']),
  done: z.number().int(),
  total: z.number().int(),
});
/** GET /api/vouchers/:key/loads */
export const codesLoadsSchema = z.array(codesLoadSchema);

/** How many codes were added. */
export const codesAddedSchema = z.object({ added: z.number().int() });

/** POST /api/vouchers/:key/redeem */
export const redeemCodeSchema = z.strictObject({
  code: z.string().trim().min(1, 'Write the code.').max(LONGEST_CODE),
  /** When it was; now, where it is left out. */
  at: namedMomentSchema.optional(),
});
/** `already`: it was redeemed before, at `redeemedAt`, and stays so. */
export const redeemedSchema = z.object({
  code: z.string(),
  outcome: z.enum(['redeemed', 'already']),
  redeemedAt: momentSchema,
});

export const poolsQuerySchema = pageQuerySchema.extend({ state: poolStateSchema.optional() });
/** `search`: how a code begins, or a number or name of who has it. `before`: the `next` of the page seen last. */
export const codesQuerySchema = z.strictObject({
  search: searchSchema,
  state: codeStateSchema.optional(),
  before: z
    .string()
    .regex(/^(\d{1,16})?-\d{1,18}$/, 'Take it from the page before.')
    .optional(),
  size: cursorQuery.size,
});
export const poolsPageSchema = pageSchema(poolSummarySchema);
/** Those given last come first, and behind them those that are available, in the order in which they will be given. */
export const codesStreamSchema = streamSchema(voucherCodeSchema);

export type CodeState = z.infer<typeof codeStateSchema>;
export type PoolState = z.infer<typeof poolStateSchema>;
export type SavePool = z.output<typeof savePoolSchema>;
export type SavePoolInput = z.input<typeof savePoolSchema>;
export type ChangePool = z.output<typeof changePoolSchema>;
export type PoolSummary = z.infer<typeof poolSummarySchema>;
export type PoolResult = z.infer<typeof poolResultSchema>;
export type Pool = z.infer<typeof poolSchema>;
export type VoucherCode = z.infer<typeof voucherCodeSchema>;
export type LoadCodes = z.output<typeof loadCodesSchema>;
export type GenerateCodes = z.output<typeof generateCodesSchema>;
export type GenerateCodesInput = z.input<typeof generateCodesSchema>;
export type CheckCodes = z.output<typeof checkCodesSchema>;
export type CodesLoad = z.infer<typeof codesLoadSchema>;
export type CodesAdded = z.infer<typeof codesAddedSchema>;
export type RedeemCode = z.output<typeof redeemCodeSchema>;
export type Redeemed = z.infer<typeof redeemedSchema>;
export type PoolsQuery = z.infer<typeof poolsQuerySchema>;
export type CodesQuery = z.infer<typeof codesQuerySchema>;
