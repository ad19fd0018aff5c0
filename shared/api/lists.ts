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
const listFields = {
  key: slugSchema,
  name: z.string().trim().min(1, 'Give the list a name.').max(80),
  optIn: optInSchema,
  countries: listCountriesSchema,
  basis: consentBasisSchema,
  lastsDays: days,
  impliedDays: days,
  minimumAge: ageInYears,
  asksHours: z.number().int().min(1).max(8_760).nullable(),
};
/** POST /api/lists */
export const saveListSchema = z.strictObject({
  ...listFields,
  countries: listFields.countries.default({}),
  basis: listFields.basis.default('express'),
  lastsDays: days.default(null),
  impliedDays: days.default(null),
  minimumAge: ageInYears.default(null),
  asksHours: listFields.asksHours.default(null),
});
/** PATCH /api/lists/:key, which stays: flows name it. */
export const changeListSchema = z.strictObject(listFields).partial();

export type ContactList = z.infer<typeof listSchema>;
export type SaveContactList = z.infer<typeof saveListSchema>;
export type ChangeContactList = z.infer<typeof changeListSchema>;
