import { z } from 'zod';
import { idSchema, momentSchema } from './common.ts';

/** POST /api/sending: the one switch that stops all sending now, and starts it again. */
export const sendingSchema = z.strictObject({ stopped: z.boolean() });

/** Somebody turned that switch, or a command did. */
export const sendingSwitchSchema = z.object({
  id: idSchema,
  stopped: z.boolean(),
  at: momentSchema,
  /** Null where the person is gone, and where a command did it. */
  by: z.string().nullable(),
  /** Which command did, such as `restore`. */
  command: z.string().nullable(),
});

export type Sending = z.infer<typeof sendingSchema>;
export type SendingSwitch = z.infer<typeof sendingSwitchSchema>;
