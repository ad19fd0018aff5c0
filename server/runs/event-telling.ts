import type { DataSource } from 'typeorm';
import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { againAfter } from '../inbound/again-after.ts';
import type { RunOrders } from './run-orders.ts';
import { type EventSource, type UntoldEvent, UntoldEvents } from './untold-events.ts';

/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 1_000;
const AT_ONCE = 100;

export interface EventTellingParts {
  database: DataSource;
  orders: RunOrders;
  clock: Clock;
  log: Log;
}

/** Tells conversations of events until they have heard of them, if need be by another node than noted them, however long that takes. */
export abstract class EventTelling extends RoundsWorker {
  private readonly untold: UntoldEvents;

  constructor(
    private readonly source: EventSource,
    private readonly parts: EventTellingParts,
  ) {
    const { database, log } = parts;
    super({ everyMs: EVERY_MS, log, complaint: `Conversations could not be told of ${source.name}.` });
    this.untold = new UntoldEvents(database, source);
  }

  protected async round(): Promise<void> {
    for (;;) {
      const events = await this.untold.claim(this.after(0), AT_ONCE);
      await Promise.all(events.map((event) => this.tell(event)));
      if (events.length < AT_ONCE || this.isClosing) break;
    }
  }

  private async tell(event: UntoldEvent): Promise<void> {
    const { orders, log } = this.parts;
    const { name } = this.source;
    const { workspaceId, phone, key, value } = event;
    let { heard } = event;
    try {
      const told = await orders.tell(workspaceId, phone, { name, key, value }, heard);
      heard = told.heard;
      if (told.refusal) throw told.refusal;
      await this.untold.tellNext(event, null, []);
    } catch (error) {
      log.warn({ err: error, event: name }, 'An event could not be told to its conversations yet.');
      await this.untold.tellNext(event, this.after(againAfter(error)), heard);
    }
  }

  private after(milliseconds: number): Date {
    return new Date(this.parts.clock.now() + milliseconds);
  }
}
