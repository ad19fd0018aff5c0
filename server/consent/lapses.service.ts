import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { ConsentOrders } from './consent-orders.ts';
import { LapsesRepository } from './lapses.repository.ts';

/** How often is looked, in milliseconds. */
const EVERY_MS = 60_000;

/** Lets consents lapse by their list's terms: questions nobody answered, and consents that are too old. */
@Injectable()
export class Lapses extends RoundsWorker {
  constructor(
    private readonly lapses: LapsesRepository,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Consents could not be let lapse.' });
  }

  /** Lets everything lapse that is due. Each is decided under its contact's lock, so several nodes at once do it once. */
  protected async round(): Promise<void> {
    await this.retime();
    let after: string | null = null;
    while (!this.isClosing) {
      const due = await this.lapses.due(this.clock.now(), after);
      const last = due.at(-1);
      if (!last) return;
      // What was decided otherwise meanwhile, or is not over by the terms of now, is not met again this time.
      after = last.mark;
      await Promise.all(
        due.map(({ list, from, mark: _mark, ...concerned }) =>
          this.orders.place(concerned, { do: 'lapse', list, from }),
        ),
      );
    }
  }

  /** Where the terms of a list have changed, its consents lapse by the new ones. The gate knows them already. */
  private async retime(): Promise<void> {
    for (const list of await this.lapses.changedLists()) {
      let after: string | null = null;
      do after = await this.lapses.retimeSome(list, after);
      while (after !== null && !this.isClosing);
      if (!this.isClosing) await this.lapses.settle(list);
    }
  }
}
