import { type SendingSwitch, sendingSwitchSchema } from '#shared/api/sending.ts';
import { z } from 'zod';
import { get, sendOnly } from './http.ts';

/** Who stopped all sending and started it again, the latest first. */
export const listSwitches = (signal?: AbortSignal): Promise<SendingSwitch[]> =>
  get('/api/sending', z.array(sendingSwitchSchema), { signal });
/** Stops all sending at once, or starts it again. */
export const setSending = (stopped: boolean): Promise<void> => sendOnly('POST', '/api/sending', { stopped });
