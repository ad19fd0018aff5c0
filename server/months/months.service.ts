import { Injectable } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { codeOf } from '../common/errors.ts';
import { idTime, lowestId } from '../common/ids.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { Config } from '../config.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { forgetOrders } from '../orders/forget-orders.ts';
import { cutMonths } from './cut-months.ts';
import { Forgetting } from './forgetting.ts';
import { MONTHLY_TABLES, type MonthlyTable, monthStart } from './month.ts';
import { readParts } from './parts.ts';

const EVERY_MS = 10 * 60_000;
/** A clock that is further from the database's than this neither makes months nor forgets any. */
const TRUSTED_MS = 86_400_000;
const LOCK_NOT_AVAILABLE = '55P03';

const ready = new Gauge({
  name: 'textloom_months_ready_seconds',
  help: 'For how long texts and trails have parts of their tables ready for the months that come; two months are usual.',
  registers: [register],
});

/** Keeps the tables of texts and trails in parts by month. Whichever node comes first does what there is to do. */
@Injectable()
export class Months extends RoundsWorker {
  private readonly forgetting: Forgetting;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'The months of texts could not be looked after.' });
    this.forgetting = new Forgetting(database, log);
  }

  /** The first texts find their month. A round that fails holds up no start, because the last part takes what has no other. */
  override async onApplicationBootstrap(): Promise<void> {
    await this.makeReady(this.clock.now()).catch((error: unknown) =>
      this.log.error({ err: error }, 'The months to come could not be made ready.'),
    );
    super.onApplicationBootstrap();
  }

  protected async round(): Promise<void> {
    const now = this.clock.now();
    const { keepMonths } = this.config;
    if (!(await this.makeReady(now)) || keepMonths === undefined) return;
    for (const table of MONTHLY_TABLES)
      await this.unlessInUse(table, () => this.forgetting.forget(table, keepMonths, now));
    await forgetOrders(this.database, lowestId(monthStart(now, -keepMonths)));
  }

  /** False where the clocks forbid it. */
  private async makeReady(now: number): Promise<boolean> {
    try {
      if (!(await this.isTrusted(now))) return false;
      for (const table of MONTHLY_TABLES) await this.unlessInUse(table, () => this.cut(table, now));
      return true;
    } finally {
      ready.set(((await this.readyUntil()) - now) / 1_000);
    }
  }

  private async cut(table: MonthlyTable, now: number): Promise<void> {
    const made = await clientTransaction(this.database, (client) => cutMonths(client, table, now));
    if (made.length > 0) this.log.info({ made }, 'Months to come were made ready.');
  }

  private async unlessInUse(table: MonthlyTable, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
      this.log.info({ table }, 'A table is in use, by a backup or another node; its months come later.');
    }
  }

  private async isTrusted(now: number): Promise<boolean> {
    const [{ at }]: [{ at: number }] = await this.database.query(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at',
    );
    if (Math.abs(at - now) < TRUSTED_MS) return true;
    this.log.warn(
      { node: new Date(now), database: new Date(at) },
      'The clocks of this node and of the database are more than a day apart, so it looks after no months.',
    );
    return false;
  }

  /** Until when every table has parts of its own. */
  private readyUntil(): Promise<number> {
    return clientTransaction(this.database, async (client) => {
      let until = Number.POSITIVE_INFINITY;
      for (const table of MONTHLY_TABLES) {
        const last = (await readParts(client, table)).at(-1);
        until = Math.min(until, last?.from ? idTime(last.from) : 0);
      }
      return until;
    });
  }
}
