import type { Clock } from '../common/clock.ts';
import { classify, type LaneConnection } from '../database/lane-connection.ts';
import type { Allowances } from './allowances.ts';
import type { Deliveries } from './deliveries/deliveries.service.ts';
import { Fates } from './fates.ts';
import { Grouped } from './grouped.ts';
import type { Settled } from './settle.ts';

/** How often and after how many milliseconds it is tried again to write down what went out: together less than a lease. */
const TRIES = 100;
const PAUSE_MS = 300;
/** How long answers are gathered that come while others are written down, in milliseconds. */
const GATHER_MS = 25;

/** Writes down how texts ended, many at a time. */
export class Settling {
  private readonly grouped: Grouped<Settled>;
  private readonly fates = new Fates();

  /** `stop`: from then on a database that is away is not waited for as long. `onWritten`: there may be room for others now. */
  constructor(
    private readonly connection: LaneConnection,
    private readonly clock: Clock,
    private readonly deliveries: Deliveries,
    private readonly allowances: Allowances,
    private readonly stop: AbortSignal,
    private readonly onWritten: () => void,
  ) {
    this.grouped = new Grouped((settled) => this.writeSurely(settled), GATHER_MS);
  }

  /** Resolves when it is written. */
  add(settled: Settled): Promise<void> {
    return this.grouped.add(settled);
  }

  /** How many wait to be written. */
  get length(): number {
    return this.grouped.length;
  }

  /** Resolves once fewer than so many wait to be written. */
  below(most: number): Promise<void> {
    return this.grouped.below(most);
  }

  /** What went out must be written down before its lease ends, or it would go out again: a database that is away is waited for. */
  private async writeSurely(settled: readonly Settled[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.connection.statement(async (client) => {
          if ((await this.fates.write(client, settled, this.clock.now())) > 0) this.deliveries.nudge();
          await this.allowances.giveBack(client);
        });
        return this.onWritten();
      } catch (error) {
        const tries = this.stop.aborted ? TRIES / 20 : TRIES;
        if (classify(error) === 'data' || attempt >= tries) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }
}
