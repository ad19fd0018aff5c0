import { z } from 'zod';

/** What holds for the whole workspace. */
export const workspaceSchema = z.strictObject({
  name: z.string().trim().min(1, 'Give the workspace a name.').max(80),
  timeZone: z.string().max(60),
  /** How much marketing one person gets at most, in 24 hours and in 7 days; null: as much as is sent. */
  marketingADay: z.number().int().min(1, 'At least 1.').max(100).nullish(),
  marketingAWeek: z.number().int().min(1, 'At least 1.').max(500).nullish(),
});

/** PATCH /api/workspace */
export const changeWorkspaceSchema = workspaceSchema.partial();

export type Workspace = z.infer<typeof workspaceSchema>;
export type ChangeWorkspace = z.infer<typeof changeWorkspaceSchema>;
