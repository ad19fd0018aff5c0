import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { SharedClock } from '../common/shared-clock.ts';
import { isDatabaseAway } from './database-away.ts';

/** How often the database is asked for the time, in milliseconds. */
const EVERY_MS = 1_000;
/** Nodes should agree within so many milliseconds; what is more is said when it begins and when it is over. */
const MOST_MS = 1_000;

/** Keeps this node's clock with the database's, from before anything goes by it. */
@Injectable()
export class ClockWatch extends RoundsWorker implements OnModuleInit {
  private isOff = false;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'The database could not be asked for the time.' });
  }

  async onModuleInit(): Promise<void> {
    await this.round();
  }

  protected async round(): Promise<void> {
    if (!(this.clock instanceof SharedClock)) return;
    const ahead = await this.clock.compare(() => this.time()).catch(unlessAway);
    if (ahead === null || Math.abs(ahead) > MOST_MS === this.isOff) return;
    this.isOff = !this.isOff;
    const seconds = Math.round(ahead) / 1_000;
    if (this.isOff)
      this.log.warn({ ahead: seconds }, "This machine's clock is off. The node goes by the database's.");
    else this.log.info({ ahead: seconds }, "This machine's clock agrees with the database's again.");
  }

  private async time(): Promise<number> {
    const [row]: { at: number }[] = await this.database.query(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at',
    );
    return row?.at ?? Number.NaN;
  }
}

/** A database that is away tells no time, as others say already. */
function unlessAway(error: unknown): null {
  if (isDatabaseAway(error)) return null;
  throw error;
}
