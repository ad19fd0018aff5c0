import { z } from 'zod';
import { cursorQuery, idSchema, momentSchema, streamOf } from './common.ts';

/** Something a flow told the team. */
export const noticeSchema = z.object({
  id: idSchema,
  text: z.string(),
  at: momentSchema,
  contact: z.object({ id: idSchema, phone: z.string(), name: z.string().nullable() }),
  flow: z.object({ id: idSchema, name: z.string() }).nullable(),
  runId: idSchema,
});

export const noticesQuerySchema = z.strictObject(cursorQuery);
export const noticesStreamSchema = streamOf(noticeSchema);

export type Notice = z.infer<typeof noticeSchema>;
export type NoticesQuery = z.infer<typeof noticesQuerySchema>;
