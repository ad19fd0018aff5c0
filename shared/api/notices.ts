import { z } from 'zod';
import { contactRefSchema, cursorQuery, idSchema, momentSchema, streamSchema } from './common.ts';

/** Something a flow told the team. */
export const noticeSchema = z.object({
  id: idSchema,
  text: z.string(),
  at: momentSchema,
  contact: contactRefSchema,
  flow: z.object({ id: idSchema, name: z.string() }).nullable(),
  runId: idSchema,
});

export const noticesQuerySchema = z.strictObject(cursorQuery);
export const noticesStreamSchema = streamSchema(noticeSchema);

export type Notice = z.infer<typeof noticeSchema>;
export type NoticesQuery = z.infer<typeof noticesQuerySchema>;
