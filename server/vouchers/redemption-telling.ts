import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { RunOrders } from '../runs/run-orders.ts';
import { type Redemption, RedemptionsRepository } from './redemptions.repository.ts';

/** The event that a redemption is, with the code as its key. */
const EVENT = 'voucher-redeemed';
/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 1_000;
const AT_ONCE = 100;
/** What could not be told now, because texts of the person wait or too much does, is told again after this, in milliseconds. */
const AGAIN_MS = 5_000;

/** Tells conversations that a code was redeemed, if need be by another node than the shop told it to, however long that takes. */
@Injectable()
export class RedemptionTelling extends RoundsWorker {
  constructor(
    private readonly redemptions: RedemptionsRepository,
    private readonly orders: RunOrders,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Conversations could not be told of redeemed vouchers.' });
  }

  protected async round(): Promise<void> {
    for (;;) {
      const untold = await this.redemptions.claimUntold(new Date(this.clock.now()), AT_ONCE);
      await Promise.all(untold.map((one) => this.tell(one)));
      if (untold.length < AT_ONCE || this.isClosing) break;
    }
  }

  private async tell(redemption: Redemption): Promise<void> {
    const { workspaceId, phone, code } = redemption;
    try {
      await this.orders.event(workspaceId, phone, { name: EVENT, key: code, value: code });
      await this.redemptions.tellNext(redemption, null);
    } catch (error) {
      this.log.warn({ err: error }, 'A redeemed voucher could not be told to its conversation yet.');
      await this.redemptions.tellNext(redemption, new Date(this.clock.now() + AGAIN_MS));
    }
  }
}
