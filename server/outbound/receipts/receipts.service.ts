import { Injectable } from '@nestjs/common';
import { Counter, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.ts';
import { Log } from '../../common/log.ts';
import { Problem } from '../../common/problem.ts';
import { RoundsWorker } from '../../common/rounds-worker.ts';
import { LaneConnection } from '../../database/lane-connection.ts';
import type { GatewayAccount, Receipt } from '../../gateways/gateway.ts';
import { Deliveries } from '../deliveries/deliveries.service.ts';
import { Grouped } from '../grouped.ts';
import { matchWaiting, type StoredReceipt, storeReceipts } from './receipts.repository.ts';

/** How often reports that wait for their text are looked at, in milliseconds. */
const EVERY_MS = 2_000;
/** Reports that may wait in memory to be stored, of one gateway and of all: past that they are to be sent again. */
const MOST_OF_ONE = 10_000;
const MOST_WAITING = 2 * MOST_OF_ONE;

const received = new Counter({
  name: 'textloom_delivery_reports_total',
  help: 'Delivery reports, by what they say.',
  labelNames: ['gateway', 'kind', 'status'],
  registers: [register],
});

/**
 * Delivery reports: each counts once by its gateway's id and status, in whatever order they come, before the send's own answer
 * too. What becomes of a text is an event of its run.
 */
@Injectable()
export class Receipts extends RoundsWorker {
  private readonly connection: LaneConnection;
  private readonly storing: Grouped<StoredReceipt>;
  /** How many wait to be stored, by gateway. */
  private readonly waiting = new Map<string, number>();
  private lookedAt = 0;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    log: Log,
    private readonly deliveries: Deliveries,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Delivery reports could not be matched.' });
    this.connection = new LaneConnection(database);
    this.storing = new Grouped(async (stored) => {
      const now = this.clock.now();
      this.toldOf(await this.connection.statement((client) => storeReceipts(client, stored, now)));
    });
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    await this.connection.drop();
  }

  /** Resolves when the reports are stored; rejects with a 503 where too many wait already. */
  async take(account: GatewayAccount, receipts: readonly Receipt[]): Promise<void> {
    const all = [...this.waiting.values()].reduce((sum, reports) => sum + reports, 0);
    if ((this.waiting.get(account.id) ?? 0) >= MOST_OF_ONE || all >= MOST_WAITING)
      throw Problem.unavailable(
        'receipt.overloaded',
        'More reports are waiting than can be stored now. Send them again in a second.',
      );
    this.wait(account, receipts.length);
    try {
      await this.store(account, receipts);
    } finally {
      this.wait(account, -receipts.length);
    }
  }

  private wait({ id }: GatewayAccount, more: number): void {
    const waiting = (this.waiting.get(id) ?? 0) + more;
    if (waiting > 0) this.waiting.set(id, waiting);
    else this.waiting.delete(id);
  }

  private async store(account: GatewayAccount, receipts: readonly Receipt[]): Promise<void> {
    for (const { status } of receipts) received.inc({ gateway: account.id, kind: account.kind, status });
    await Promise.all(receipts.map((receipt) => this.storing.add({ account, receipt })));
  }

  /** Looks whether texts have become known that reports wait for. */
  protected async round(): Promise<void> {
    const now = this.clock.now();
    const since = Math.min(this.lookedAt, now);
    for (let more = true; more && !this.isClosing; ) {
      const matched = await this.connection.statement((client) => matchWaiting(client, now, since));
      this.toldOf(matched.told);
      more = matched.more;
    }
    this.lookedAt = now;
  }

  private toldOf(texts: number): void {
    if (texts > 0) this.deliveries.nudge();
  }
}
