import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import { classify, type LaneConnection } from '../database/lane-connection.ts';
import type { Allowances } from './allowances.ts';
import type { Deliveries } from './deliveries/deliveries.service.ts';
import { Fates } from './fates.ts';
import { Grouped } from './grouped.ts';
import type { Settled } from './settle.ts';

/** After how many milliseconds it is tried again to write down what went out, and how often where the server ends. */
const PAUSE_MS = 300;
const LAST_TRIES = 5;
/** After so many tries it is said that there is trouble. */
const TRIES_UNSAID = 10;
/** What takes longer to write, in milliseconds, may take as long as leases last. */
const LONG_MS = 2_000;
/** How long answers are gathered that come while others are written down, in milliseconds. */
const GATHER_MS = 25;

/** Writes down how texts ended, many at a time. */
export class Settling {
  private readonly grouped: Grouped<Settled>;
  /** Since when the present group is being written, by a clock that nobody sets. */
  private writingSince: number | null = null;
  /** Whether that took long, until nothing is left of what came meanwhile. */
  private hasLagged = false;
  private readonly fates = new Fates();

  /** `stop`: from then on a database that is away is not waited for as long. `onWritten`: there may be room for others now. */
  constructor(
    private readonly connection: LaneConnection,
    private readonly clock: Clock,
    private readonly deliveries: Deliveries,
    private readonly allowances: Allowances,
    private readonly stop: AbortSignal,
    private readonly log: Log,
    private readonly onWritten: () => void,
  ) {
    this.grouped = new Grouped((settled) => this.writeSurely(settled), GATHER_MS);
  }

  /** Resolves when it is written. */
  add(settled: Settled): Promise<void> {
    return this.grouped.add(settled);
  }

  /** Whether more than this waits to be written, or the database does not take it: whoever claims then may get what has gone out. */
  isBehind(most: number): boolean {
    if (this.grouped.length === 0) this.hasLagged = false;
    else if (this.isLong) this.hasLagged = true;
    return this.grouped.length >= (this.hasLagged ? 1 : most);
  }

  /** Resolves once that is over, or the server ends. */
  caughtUp(most: number): Promise<void> {
    return this.grouped.whileSo(() => this.isBehind(most) && !this.stop.aborted);
  }

  private get isLong(): boolean {
    return this.writingSince !== null && performance.now() - this.writingSince > LONG_MS;
  }

  /** What went out must be written down, or it would go out again: a database that is away is waited for, however long that takes. */
  private async writeSurely(settled: readonly Settled[]): Promise<void> {
    this.writingSince = performance.now();
    try {
      for (let attempt = 0; !(await this.isWritten(settled, attempt)); attempt++)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } finally {
      this.hasLagged ||= this.isLong;
      this.writingSince = null;
    }
    this.onWritten();
  }

  /** False where it is worth another try. */
  private async isWritten(settled: readonly Settled[], attempt: number): Promise<boolean> {
    try {
      await this.connection.statement(async (client) => {
        if ((await this.fates.write(client, settled, this.clock.now())) > 0) this.deliveries.nudge();
        await this.allowances.giveBack(client);
      });
      return true;
    } catch (error) {
      if (classify(error) === 'data' || (this.stop.aborted && attempt >= LAST_TRIES)) throw error;
      if (attempt === TRIES_UNSAID) {
        const texts = settled.length;
        this.log.warn(
          { err: error, texts },
          'How texts ended cannot be written down. None is claimed before it is.',
        );
      }
      return false;
    }
  }
}
