import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { ConsentOrders } from './consent-orders.ts';
import { LapsesRepository } from './lapses.repository.ts';

const EVERY_MS = 60_000;

/** Lets consents lapse by their list's terms: questions nobody answered, and consents that are too old. */
@Injectable()
export class Lapses implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly lapses: LapsesRepository,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.tick(), EVERY_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private tick(): void {
    this.running ??= this.lapseDue()
      .catch((error: unknown) => this.log.error({ err: error }, 'Consents could not be let lapse.'))
      .finally(() => {
        this.running = null;
      });
  }

  /** Lets everything lapse that is due. Each is decided under its contact's lock, so several nodes at once do it once. */
  async lapseDue(): Promise<void> {
    await this.retime();
    let after: string | null = null;
    while (!this.stopped) {
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
      while (after !== null && !this.stopped);
      if (!this.stopped) await this.lapses.settle(list);
    }
  }
}
