import type { DataSource } from 'typeorm';
import { idTime, lowestId } from '../common/ids.ts';
import type { Log } from '../common/log.ts';
import { forgetErased, keepTexts } from '../consent/evidence/kept-texts.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { forgetKeys } from './forget-keys.ts';
import { dropBefore, forgettable } from './forget-months.ts';
import { type MonthlyTable, monthStart } from './month.ts';
import { openWork } from './open-work.ts';

/** Forgets whole months. What proves a consent is put aside before, and nothing goes while there is work to do about its texts. */
export class Forgetting {
  private said: string | null = null;

  constructor(
    private readonly database: DataSource,
    private readonly log: Log,
  ) {}

  /** Drops what is older than `months` whole months. Throws where the table is in use for long. */
  async forget(table: MonthlyTable, months: number, now: number): Promise<void> {
    const keepFrom = lowestId(monthStart(now, -months));
    const { before, open } = await clientTransaction(this.database, async (client) => {
      const found = await forgettable(client, table, keepFrom);
      return { before: found, open: found === null ? null : await openWork(client, found) };
    });
    if (before === null) return;
    if (open !== null) return this.say(table, open);
    // What was read before a text lies before it, seldom by more than a month.
    const alsoNear = lowestId(monthStart(idTime(before), 1));
    await clientTransaction(this.database, (client) => keepTexts(client, alsoNear));
    const result = await clientTransaction(this.database, async (client) => {
      const outcome = await dropBefore(client, table, before);
      if ('open' in outcome) throw new StillOpen(outcome.open);
      await forgetErased(client);
      return outcome;
    }).catch((error: unknown) => {
      if (error instanceof StillOpen) return { open: error.message };
      throw error;
    });
    if ('open' in result) return this.say(table, result.open);
    this.said = null;
    const keys = table === 'trail' ? await forgetKeys(this.database, new Date(idTime(before))) : 0;
    this.log.info({ table, dropped: result.dropped, keys }, 'Old months were forgotten.');
  }

  /** Once, not with every round. */
  private say(table: MonthlyTable, open: string): void {
    if (this.said === open) return;
    this.said = open;
    this.log.warn({ table, open }, 'Old months are kept until what is to do about their texts is done.');
  }
}

class StillOpen extends Error {}
