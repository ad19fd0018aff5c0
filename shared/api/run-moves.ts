import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

const versionNumber = z.coerce.number().int().min(1).max(1_000_000);

/** GET /api/flows/:id/moves/rehearsal: what would become of those who wait, if they went on with another version. */
export const moveRehearsalQuerySchema = z.strictObject({ from: versionNumber, to: versionNumber });

/** What the other version has changed about a step. */
const moveChangeSchema = z.enum(['config', 'lines', 'words', 'answers']);

/**
 * What becomes of the time people wait until: it stays, is so many seconds later (or earlier), is counted from the move on (0: what
 * they wait for is looked at anew at once), or they wait without one.
 */
export const moveWaitSchema = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['keep', 'clear']) }),
  z.object({ do: z.enum(['shift', 'set']), seconds: z.number().int() }),
]);

export const moveRehearsalSchema = z.object({
  steps: z.array(
    z.object({
      node: z.string(),
      step: z.string(),
      /** People who wait there. */
      people: z.number().int(),
      /** `gone`: the other version has no such place, so they stay. */
      verdict: z.enum(['same', 'changed', 'gone']),
      changes: z.array(moveChangeSchema),
      wait: moveWaitSchema,
    }),
  ),
});

/** POST /api/flows/:id/moves. `nodes`: the steps whose people go along; all that can where none are named. */
export const moveRunsSchema = z.strictObject({
  from: z.number().int().min(1).max(1_000_000),
  to: z.number().int().min(1).max(1_000_000),
  nodes: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
});

const runMoveStatusSchema = z.enum(['running', 'paused', 'done', 'undoing', 'undone']);

export const runMoveSchema = z.object({
  id: idSchema,
  from: z.number().int(),
  to: z.number().int(),
  status: runMoveStatusSchema,
  /** Conversations that went along, and how many of them were taken back. */
  moved: z.number().int(),
  undone: z.number().int(),
  /** People it has still to come to, while it is under way or paused; some of them may turn out to stay. */
  left: z.number().int(),
  createdAt: momentSchema,
  createdBy: z.string().nullable(),
  endedAt: momentSchema.nullable(),
});

export type MoveRehearsalQuery = z.infer<typeof moveRehearsalQuerySchema>;
export type MoveWait = z.infer<typeof moveWaitSchema>;
export type MoveRehearsal = z.infer<typeof moveRehearsalSchema>;
export type MoveRuns = z.infer<typeof moveRunsSchema>;
export type RunMove = z.infer<typeof runMoveSchema>;
