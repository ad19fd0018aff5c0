import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** POST /api/sending: the one switch that stops all sending now, and starts it again. */
export const sendingSchema = z.strictObject({ stopped: z.boolean() });

/** Somebody turned that switch. */
export const sendingSwitchSchema = z.object({
  id: idSchema,
  stopped: z.boolean(),
  at: momentSchema,
  /** Null where the person is gone. */
  by: z.string().nullable(),
});

export type Sending = z.infer<typeof sendingSchema>;
export type SendingSwitch = z.infer<typeof sendingSwitchSchema>;
