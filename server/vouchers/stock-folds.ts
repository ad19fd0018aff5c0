import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';

const EVERY_MS = 10_000;
/** The hour in which codes were given is asked for a week back; in milliseconds. */
const HOURS_LAST_MS = 8 * 86_400_000;

/** Adds up what batches said of the stock of pools, so that whoever looks has few rows to add. Any number of nodes may do so. */
@Injectable()
export class StockFolds extends RoundsWorker {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'The stock of pools could not be added up.' });
  }

  /** Puts one row in the place of all that differ in numbers only; whoever reads meanwhile finds the same sum. */
  protected async round(): Promise<void> {
    await this.database.query(
      `with known as (
        select ctid as at, count(*) over (partition by workspace_id, pool, version_id, arms, ${HOUR}) as alike from voucher_stock),
      held as materialized (
        select t.ctid as at from voucher_stock t join known k on k.at = t.ctid and k.alike > 1 for update of t skip locked),
      taken as (delete from voucher_stock t using held where t.ctid = held.at returning t.*)
      insert into voucher_stock
      select * from (
        select workspace_id, pool, version_id, arms, ${HOUR},
          sum(available) as available, sum(reserved) as reserved, sum(sent) as sent, sum(redeemed) as redeemed
        from taken group by 1, 2, 3, 4, 5) s
      where available <> 0 or reserved <> 0 or sent <> 0 or redeemed <> 0`,
      [new Date(this.clock.now() - HOURS_LAST_MS)],
    );
  }
}

const HOUR = 'case when given_in > $1 then given_in end';
