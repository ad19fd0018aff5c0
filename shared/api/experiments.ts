import { z } from 'zod';
import { idSchema, momentSchema, slugSchema } from './common.ts';

const interval = z.object({ low: z.number(), high: z.number() });

export const armResultSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** The share of people meant for it, 0 to 1. */
  share: z.number(),
  /** People who met the arm: a text of it went out. */
  exposures: z.number().int(),
  /** Of these, people who reached the goal. */
  conversions: z.number().int(),
  /** conversions / exposures, null without exposures. */
  rate: z.number().nullable(),
  /** 95 % Wilson interval of the rate. */
  interval: interval.nullable(),
});

/** An arm against the first one. The interval of the difference stays valid however often it is looked at. */
export const comparisonSchema = z.object({
  arm: z.string(),
  difference: z.number(),
  interval: interval,
  /** Always-valid p-value. */
  p: z.number(),
  /** Chance that this arm is better, from uniform priors. */
  chanceBetter: z.number(),
  /** False while too few people reached the goal, or missed it, for the interval and p to say anything. */
  ready: z.boolean(),
});

/**
 * How a test stands: nobody met it; people are not spread as they were meant to be; no goal is drawn; too few people yet; no clear
 * difference; one version works better.
 */
export const verdictSchema = z.enum(['unmet', 'split-off', 'no-goal', 'early', 'unclear', 'better']);

export const experimentSummarySchema = z.object({
  key: slugSchema,
  name: z.string(),
  flow: z.object({ id: idSchema, name: z.string() }),
  node: z.string(),
  startedAt: momentSchema,
  exposures: z.number().int(),
  arms: z.number().int(),
  /** By its first goal, or by the one that was asked for. */
  verdict: verdictSchema,
  /** The label of the version that works better, where one does. */
  winner: z.string().nullable(),
});

export const experimentSchema = experimentSummarySchema.extend({
  goals: z.array(z.string()),
  goal: z.string().nullable(),
  results: z.array(armResultSchema),
  comparisons: z.array(comparisonSchema),
  /** Sample-ratio check: `p` below 0.001 means that the split itself is broken. */
  sampleRatio: z.object({ chi2: z.number(), p: z.number(), alarm: z.boolean() }).nullable(),
  /** The result in a sentence. */
  sentence: z.string(),
  /** Exposures and conversions by day and arm, oldest first. */
  days: z.array(
    z.object({
      day: z.string(),
      arm: z.string(),
      exposures: z.number().int(),
      conversions: z.number().int(),
    }),
  ),
});

export const experimentQuerySchema = z.strictObject({ goal: slugSchema.optional() });

export type ExperimentVerdict = z.infer<typeof verdictSchema>;
export type ArmResult = z.infer<typeof armResultSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type ExperimentSummary = z.infer<typeof experimentSummarySchema>;
export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentQuery = z.infer<typeof experimentQuerySchema>;
