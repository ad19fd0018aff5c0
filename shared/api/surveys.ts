import { z } from 'zod';
import { idSchema, momentSchema, slugSchema } from './common.ts';

/** In points: a score lies between −100 and 100, a difference between −200 and 200. */
const interval = z.object({ low: z.number(), high: z.number() });

/** The name under which a flow keeps a score: `score` of {{answers.score}}. */
export const answerNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'No flow keeps answers by such a name.');

const npsSchema = z.object({
  /** People, each by the newest score they gave. */
  people: z.number().int(),
  promoters: z.number().int(),
  passives: z.number().int(),
  detractors: z.number().int(),
  /** The share of promoters less that of detractors, in points; null while nobody has answered. */
  score: z.number().nullable(),
  /** 95 % interval of the score, which holds for one look. */
  interval: interval.nullable(),
});

/** A question for a score from 0 to 10 (NPS): a flow, and the name under which it keeps the score. */
export const surveySummarySchema = npsSchema.extend({
  flow: z.object({ id: idSchema, name: z.string() }),
  answer: z.string(),
  name: z.string(),
});

export const branchSchema = npsSchema.extend({ arm: z.string(), label: z.string() });

/** A version's score against that of the first one, in points; the interval holds however often it is looked at. */
export const npsComparisonSchema = z.object({
  arm: z.string(),
  difference: z.number(),
  interval,
  /** Always-valid p-value, for all comparisons together. */
  p: z.number(),
  /** False while too few people have answered for the interval and p to say anything. */
  ready: z.boolean(),
});

export const surveySchema = surveySummarySchema.extend({
  /** How many gave each score, from 0 to 10. */
  scores: z.array(z.object({ score: z.number().int(), people: z.number().int() })),
  /** The A/B tests by whose versions the score can be told apart, those of the same flow first. */
  tests: z.array(z.object({ key: slugSchema, name: z.string() })),
  /** The test by which it is told apart here. */
  by: slugSchema.nullable(),
  /** People who had met a version of it, version by version, the first one first. */
  branches: z.array(branchSchema),
  comparisons: z.array(npsComparisonSchema),
  /** The result in sentences. */
  sentence: z.string(),
  /** When people were counted: where there are very many, not for everybody who asks. */
  countedAt: momentSchema,
});

/** GET /api/surveys/:flow/:answer. `by`: the A/B test to tell versions apart by, otherwise the first one of the flow. */
export const surveyQuerySchema = z.strictObject({ by: slugSchema.optional() });

export type SurveySummary = z.infer<typeof surveySummarySchema>;
export type Survey = z.infer<typeof surveySchema>;
export type SurveyBranch = z.infer<typeof branchSchema>;
export type SurveyComparison = z.infer<typeof npsComparisonSchema>;
export type SurveyQuery = z.infer<typeof surveyQuerySchema>;
