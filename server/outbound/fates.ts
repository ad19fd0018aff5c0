import type { PoolClient } from 'pg';
import { codeOf } from '../common/errors.ts';
import { type Settled, settle, type Written } from './settle.ts';
import { settleTaken, wasTaken } from './settle-taken.ts';

const UNIQUE_VIOLATION = '23505';
/** A gateway that gave an id twice may go on doing so: for so long the ids of all are looked up again, in milliseconds. */
const DISTRUST_MS = 60_000;

/** Writes how texts ended: those that were simply taken, nearly all of them, by a statement of their own that does no more than that. */
export class Fates {
  private trustsFrom = Number.NEGATIVE_INFINITY;

  /** Returns of how many there is something to be told. What was written already may be written again. */
  async write(client: PoolClient, settled: readonly Settled[], now: number): Promise<number> {
    const taken = now < this.trustsFrom ? [] : settled.filter(wasTaken);
    const written = taken.length === 0 ? null : await this.writeTaken(client, taken, now);
    if (written === null) return await settle(client, settled, now);
    const others = taken.length === settled.length ? [] : settled.filter((one) => !wasTaken(one));
    return written.told + (await settle(client, [...others, ...written.left], now));
  }

  /** Null where an id of a gateway's was known before, and nothing is written. */
  private async writeTaken(
    client: PoolClient,
    taken: readonly Settled[],
    now: number,
  ): Promise<Written | null> {
    try {
      return await settleTaken(client, taken, now);
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION) throw error;
      this.trustsFrom = now + DISTRUST_MS;
      return null;
    }
  }
}
