import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { RunOrders } from '../runs/run-orders.ts';
import { type FirstClick, LinksRepository } from './links.repository.ts';

/** The event that a person's first click is. */
const EVENT = 'link-clicked';
/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 1_000;
const AT_ONCE = 100;
/** What could not be told now, because texts of the person wait or too much does, is told again after this, in milliseconds. */
const AGAIN_MS = 5_000;

/** Tells conversations of first clicks. A click that was noted is told, if need be by another node, however long that takes. */
@Injectable()
export class ClickTelling extends RoundsWorker {
  constructor(
    private readonly links: LinksRepository,
    private readonly orders: RunOrders,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Conversations could not be told of clicks.' });
  }

  protected async round(): Promise<void> {
    for (;;) {
      const clicks = await this.links.claimUntold(new Date(this.clock.now()), AT_ONCE);
      await Promise.all(clicks.map((click) => this.tell(click)));
      if (clicks.length < AT_ONCE || this.isClosing) break;
    }
  }

  private async tell(click: FirstClick): Promise<void> {
    const { workspace_id: workspaceId, phone, name, url } = click;
    try {
      await this.orders.event(workspaceId, phone, { name: EVENT, key: name, value: url });
      await this.links.told(click);
    } catch (error) {
      this.log.warn({ err: error }, 'A click could not be told to its conversation yet.');
      await this.links.tellLater(click, new Date(this.clock.now() + AGAIN_MS));
    }
  }
}
