import { z } from 'zod';
import { slugSchema } from './common.ts';

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

export type ContactList = z.infer<typeof listSchema>;
export type SaveContactList = z.infer<typeof saveListSchema>;
export type ChangeContactList = z.infer<typeof changeListSchema>;
