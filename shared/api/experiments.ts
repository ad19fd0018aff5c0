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
  /** People it should have met by the shares in force while they came; null while nobody came. */
  expected: z.number().nullable(),
  /** Of these, people who reached the goal. */
  conversions: z.number().int(),
  /** conversions / exposures, null without exposures. */
  rate: z.number().nullable(),
  /** 95 % Wilson interval of the rate, which holds for one look. */
  interval: interval.nullable(),
});

/** An arm against the first one. The interval of the difference stays valid however often it is looked at. */
export const comparisonSchema = z.object({
  arm: z.string(),
  difference: z.number(),
  interval: interval,
  /** Always-valid p-value, for all comparisons of the test together. */
  p: z.number(),
  /** Chance that this arm is better, from uniform priors. */
  chanceBetter: z.number(),
  /** What choosing this arm costs on average, as a part of all people: that it may be worse, weighed by how much. */
  expectedLoss: z.number(),
  /** False while too few people reached the goal, or missed it, for the interval and p to say anything. */
  ready: z.boolean(),
});

/**
 * How a test stands: nobody met it; people are not spread as they were meant to be; no goal is drawn; too few people yet; no clear
 * difference; one version works better.
 */
export const verdictSchema = z.enum(['unmet', 'split-off', 'no-goal', 'early', 'unclear', 'better']);

/**
 * Whether people still come to it: `running`; `one-version`: all new people get the same; `paused`: the flow is; `ended`: the newest
 * version of the flow has no such step any more, or the flow is put away.
 */
export const experimentStateSchema = z.enum(['running', 'one-version', 'paused', 'ended']);

export const experimentSummarySchema = z.object({
  key: slugSchema,
  name: z.string(),
  flow: z.object({ id: idSchema, name: z.string() }),
  node: z.string(),
  startedAt: momentSchema,
  state: experimentStateSchema,
  exposures: z.number().int(),
  arms: z.number().int(),
  /** The goal it is measured by: the first, or the one that was asked for. */
  verdict: verdictSchema,
  /** The label of the version that works better, where one does. */
  winner: z.string().nullable(),
});

export const experimentSchema = experimentSummarySchema.extend({
  goals: z.array(z.string()),
  goal: z.string().nullable(),
  results: z.array(armResultSchema),
  /** People who met it per day, over the last week or since it began. */
  pace: z.number(),
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

/** GET …/export: what was counted by `days`, or the `versions` with what they are compared by. */
export const experimentFileQuerySchema = experimentQuerySchema.extend({
  table: z.enum(['days', 'versions']).default('days'),
});

export type ExperimentVerdict = z.infer<typeof verdictSchema>;
export type ExperimentState = z.infer<typeof experimentStateSchema>;
export type ArmResult = z.infer<typeof armResultSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type ExperimentSummary = z.infer<typeof experimentSummarySchema>;
export type Experiment = z.infer<typeof experimentSchema>;
export type ExperimentQuery = z.infer<typeof experimentQuerySchema>;
export type ExperimentFileQuery = z.infer<typeof experimentFileQuerySchema>;
