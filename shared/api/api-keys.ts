import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';
import { roleSchema } from './session.ts';

/** A key with which a program uses the API: `Authorization: Bearer tl_…`. */
export const apiKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  role: roleSchema,
  /** How the key begins, to be told apart by. */
  hint: z.string(),
  /** Whoever made it. */
  person: z.string(),
  createdAt: momentSchema,
  usedAt: momentSchema.nullable(),
});

/** POST /api/api-keys. */
export const makeApiKeySchema = z.strictObject({
  name: z.string().trim().min(1, 'Say what the key is for.').max(80),
  role: roleSchema,
});
/** The only time the key itself is told. */
export const madeApiKeySchema = z.object({ id: idSchema, key: z.string() });

export type ApiKey = z.infer<typeof apiKeySchema>;
export type MakeApiKey = z.infer<typeof makeApiKeySchema>;
export type MadeApiKey = z.infer<typeof madeApiKeySchema>;
