import { z } from 'zod';
import { countrySchema, slugSchema } from './common.ts';

const optInSchema = z.enum(['single', 'double']);
/** What shows that people agreed: `express` is their own yes to these texts, `implied` follows from something else, such as a purchase. */
export const consentBasisSchema = z.enum(['express', 'implied']);
const days = z.number().int().min(1, 'At least 1.').max(3_650, 'At most 3,650.').nullable();
const ageInYears = z.number().int().min(1, 'At least 1.').max(99, 'At most 99.').nullable();
/** What differs for people whose number is of a country, by its code. */
const listCountriesSchema = z.record(
  countrySchema,
  z.strictObject({
    optIn: optInSchema.optional(),
    basis: consentBasisSchema.optional(),
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
  /** `implied`: an implied consent counts as well, where an import brings its evidence. */
  basis: consentBasisSchema,
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
/** POST /api/lists */
export const saveListSchema = z.strictObject({
  key: slugSchema,
  name: z.string().trim().min(1, 'Give the list a name.').max(80),
  optIn: optInSchema,
  countries: listCountriesSchema.default({}),
  basis: consentBasisSchema.default('express'),
  lastsDays: days.default(null),
  impliedDays: days.default(null),
  minimumAge: ageInYears.default(null),
  asksHours: z.number().int().min(1).max(8_760).nullable().default(null),
});

/** PATCH /api/lists/:key: terms that are left out stay as they are. */
export const changeListSchema = saveListSchema.extend({
  countries: listCountriesSchema.optional(),
  basis: consentBasisSchema.optional(),
  lastsDays: days.optional(),
  impliedDays: days.optional(),
  minimumAge: ageInYears.optional(),
  asksHours: saveListSchema.shape.asksHours.unwrap().optional(),
});

export type ContactList = z.infer<typeof listSchema>;
export type SaveContactList = z.infer<typeof saveListSchema>;
export type ChangeContactList = z.infer<typeof changeListSchema>;
