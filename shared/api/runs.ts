import { z } from 'zod';
import {
  contactRefSchema,
  cursorQuery,
  erasedSchema,
  idSchema,
  momentSchema,
  scalarSchema,
  searchSchema,
  streamSchema,
} from './common.ts';

/** A line of a run's history, as flows/engine writes it (`TrailStep`). */
export const trailStepSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('event'), type: z.string() }),
  z.object({ do: z.literal('pass'), from: z.string(), port: z.string(), to: z.string() }),
  z.object({ do: z.literal('sent'), node: z.string(), id: z.string() }),
  z.object({ do: z.literal('suppressed'), node: z.string(), reason: z.string() }),
  z.object({ do: z.literal('ignored'), type: z.string() }),
  z.object({ do: z.literal('late'), type: z.string() }),
  z.object({ do: z.literal('unasked') }),
  z.object({ do: z.literal('failed'), error: z.string(), fault: z.string().optional() }),
  z.object({ do: z.literal('moved'), from: z.number().int(), to: z.number().int() }),
  z.object({ do: z.literal('ended'), outcome: z.string() }),
]);

export const runSummarySchema = z.object({
  id: idSchema,
  contact: contactRefSchema,
  flow: z.object({ id: idSchema, name: z.string(), version: z.number().int() }),
  sender: z.string(),
  status: z.enum(['active', 'parked', 'ended']),
  outcome: z.string().nullable(),
  node: z.string(),
  /** The step's title, or its kind in words. */
  step: z.string(),
  wakeAt: momentSchema.nullable(),
  startedAt: momentSchema,
  endedAt: momentSchema.nullable(),
});

export const runSchema = runSummarySchema.extend({
  answers: z.record(z.string(), scalarSchema),
  arms: z.record(z.string(), z.string()),
  keyword: z.string().nullable(),
  medium: z.string().nullable(),
  trail: z.array(
    z.object({
      at: momentSchema,
      causeId: idSchema.nullable(),
      /** The text that caused it; null where none did, and where it is not kept any longer. */
      text: z.string().nullable(),
      erased: erasedSchema,
      steps: z.array(trailStepSchema),
    }),
  ),
});

export const runsQuerySchema = z.strictObject({
  ...cursorQuery,
  /** Whose name or number it is. */
  search: searchSchema,
  flow: idSchema.optional(),
  contact: idSchema.optional(),
  status: z.enum(['active', 'parked', 'ended']).optional(),
});
export const runsStreamSchema = streamSchema(runSummarySchema);

export type WireTrailStep = z.infer<typeof trailStepSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type RunDetail = z.infer<typeof runSchema>;
export type RunsQuery = z.infer<typeof runsQuerySchema>;
