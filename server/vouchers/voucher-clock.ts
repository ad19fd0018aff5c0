import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { MOST_AT_ONCE, VoucherFatesRepository } from './voucher-fates.repository.ts';

const EVERY_MS = 2_000;

/**
 * Finds out what became of the codes that were reserved. It asks the texts that carry them, so that sending a text need not know of
 * vouchers; any number of nodes may do so.
 */
@Injectable()
export class VoucherClock extends RoundsWorker {
  constructor(
    private readonly fates: VoucherFatesRepository,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
    log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'It could not be found out which vouchers were sent.' });
  }

  protected async round(): Promise<void> {
    while (!this.isClosing) {
      const { due, changed } = await this.fates.look(new Date(this.clock.now()));
      for (const workspaceId of changed) this.live.changed(workspaceId, 'vouchers');
      if (due < MOST_AT_ONCE) return;
    }
  }
}
