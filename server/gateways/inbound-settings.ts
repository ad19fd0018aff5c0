import { z } from 'zod';
import type { GatewayAccount } from './gateway.ts';

/** How long the parts of a long text are waited for where the gateway's owner set nothing, in seconds. */
export const PARTS_SECONDS = 300;

const settingsSchema = z.object({
  partsSeconds: z.number().int().positive().catch(PARTS_SECONDS),
  repeatSeconds: z.number().int().nonnegative().catch(0),
});

const read = new WeakMap<object, z.infer<typeof settingsSchema>>();

/** Read once for each account in memory, because every text asks. */
function settingsOf(account: GatewayAccount): z.infer<typeof settingsSchema> {
  const known = read.get(account);
  if (known) return known;
  const settings = settingsSchema.parse(account.config);
  read.set(account, settings);
  return settings;
}

/** How long the missing parts of a long text are waited for, in seconds. */
export const partsSecondsOf = (account: GatewayAccount | undefined): number =>
  account ? settingsOf(account).partsSeconds : PARTS_SECONDS;

/** Within how many seconds the same text again is taken for a repeat, whatever its id; 0: it never is. */
export const repeatSecondsOf = (account: GatewayAccount | undefined): number =>
  account ? settingsOf(account).repeatSeconds : 0;
