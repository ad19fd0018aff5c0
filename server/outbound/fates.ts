import type { PoolClient } from 'pg';
import { codeOf } from '../common/errors.ts';
import { type Settled, settle } from './settle.ts';
import { settleSent, wasSent } from './settle-sent.ts';

const UNIQUE_VIOLATION = '23505';
/** A gateway that gave an id twice may go on doing so: for so long the ids of all are looked up again, in milliseconds. */
const DISTRUST_MS = 60_000;

/** Writes how texts ended: those that were simply sent, nearly all of them, by a statement of their own that does no more than that. */
export class Fates {
  private trustsFrom = Number.NEGATIVE_INFINITY;

  /** Returns of how many there is something to be told. What was written already may be written again. */
  async write(client: PoolClient, settled: readonly Settled[], now: number): Promise<number> {
    const sent = now < this.trustsFrom ? [] : settled.filter(wasSent);
    if (sent.length === 0 || !(await this.areWritten(client, sent, now)))
      return await settle(client, settled, now);
    return await settle(
      client,
      settled.filter((one) => !wasSent(one)),
      now,
    );
  }

  /** Whether they were; not where an id of a gateway's was known before. */
  private async areWritten(client: PoolClient, sent: readonly Settled[], now: number): Promise<boolean> {
    try {
      await settleSent(client, sent, now);
      return true;
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
      this.trustsFrom = now + DISTRUST_MS;
      return false;
    }
  }
}
