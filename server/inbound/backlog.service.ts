import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { borrowConnection, type InTransaction } from '../database/borrowed-connection.ts';
import { readBacklog, SHARDS } from './backlog-rows.ts';
import { BatchWatch } from './batch-watch.ts';
import { HandIn } from './hand-in.ts';
import { InboundService } from './inbound.service.ts';
import type { TextWork } from './work.ts';

/** How often the backlog is looked for, in milliseconds: another node may have left one, or this one when it was killed. */
const EVERY_MS = 1_000;
/** Read with one statement. */
const AT_ONCE = 500;
/** Waiting and under way at a time, a batch or so for each lane. */
const UNDER_WAY = 500;
/** With more work than this in memory, the backlog waits: texts that just came are answered, or stored, first. */
const CROWDED = 1_000;
const PAUSE_MS = 20;
const MEASURE_EVERY_MS = 5_000;
/** The first half of a pair that keeps our advisory locks apart from others'. */
const LOCKS = 7_403;

const depth = new Gauge({
  name: 'textloom_backlog_texts',
  help: 'Texts that are stored and acknowledged but not decided yet, on all nodes; a million stands for more.',
  registers: [register],
});

const oldest = new Gauge({
  name: 'textloom_backlog_lag_seconds',
  help: 'How long the oldest text of the backlog has waited, in seconds.',
  registers: [register],
});

const putOff = new Counter({
  name: 'textloom_backlog_stored_total',
  help: 'Texts that this node stored without deciding them at once.',
  registers: [register],
});

/** A share of the contacts whose next texts this node decides; it holds the lock on it meanwhile. */
interface Share {
  shard: number;
  decided: Promise<boolean>;
}

const holds = (share: Share | null, shard: number): boolean => share?.shard === shard;

/**
 * Works the backlog off: texts that were stored and acknowledged when there were more than could be decided in time, as many of each
 * gateway at a time. Shares of the contacts are worked on by one node at a time, whichever comes; an advisory lock keeps the others off
 * and dies with its node. That only spares work: whose turn it is stands in the database and is checked under the contact's lock.
 */
@Injectable()
export class BacklogService extends RoundsWorker {
  private readonly handIn: HandIn;
  private measuring: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    log: Log,
    private readonly inbound: InboundService,
    watch: BatchWatch,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'The backlog could not be worked on.' });
    this.handIn = new HandIn(inbound, UNDER_WAY);
    watch.onCommitted(({ pending }) => {
      if (pending === 0) return;
      putOff.inc(pending);
      this.nudge();
    });
  }

  override onApplicationBootstrap(): void {
    super.onApplicationBootstrap();
    this.measuring = setInterval(() => void this.measure().catch(() => undefined), MEASURE_EVERY_MS);
  }

  override async onApplicationShutdown(): Promise<void> {
    if (this.measuring) clearInterval(this.measuring);
    await super.onApplicationShutdown();
  }

  /** Takes some texts of each share in turn, so that none waits for another to be empty; while some are decided, the next are read. */
  protected async round(): Promise<void> {
    let shards = await this.filledShards();
    if (shards.length === 0) return;
    await borrowConnection(this.database, async (inTransaction) => {
      let last: Share | null = null;
      try {
        for (let isFruitful = true; isFruitful; shards = await this.filledShards()) {
          isFruitful = false;
          for (const shard of shards) {
            const next: Share | null = holds(last, shard) ? null : await this.takeUp(inTransaction, shard);
            isFruitful ||= next !== null || last !== null;
            const goesOn = await this.letGo(inTransaction, last);
            last = next;
            if (!goesOn || this.isClosing) return;
          }
        }
      } finally {
        await this.letGo(inTransaction, last);
      }
    });
  }

  private async filledShards(): Promise<number[]> {
    const rows: { shard: number }[] = await this.database.query(
      `select s as shard from generate_series(0, ${SHARDS - 1}) s where exists (select from backlog b where b.shard = s) order by random()`,
    );
    return rows.map(({ shard }) => shard);
  }

  /** Hands in the next texts of a share; null where there are none, or another node works on it. */
  private async takeUp(inTransaction: InTransaction, shard: number): Promise<Share | null> {
    while (this.inbound.waiting > CROWDED && !this.isClosing) await sleep(PAUSE_MS);
    const { rows } = await inTransaction((client) =>
      client.query<{ ours: boolean }>('select pg_try_advisory_lock($1, $2) as ours', [LOCKS, shard]),
    );
    if (!rows[0]?.ours) return null;
    let decided = Promise.resolve(true);
    try {
      const texts = await inTransaction((client) => readBacklog(client, shard, AT_ONCE));
      ({ decided } = await this.decide(texts));
      if (texts.length > 0) return { shard, decided };
    } catch (error) {
      await this.letGo(inTransaction, { shard, decided }).catch(() => undefined);
      throw error;
    }
    await this.letGo(inTransaction, { shard, decided });
    return null;
  }

  /** Leaves a share to whoever comes next once its texts are decided. False where they could not be: then all wait a little. */
  private async letGo(inTransaction: InTransaction, share: Share | null): Promise<boolean> {
    if (!share) return true;
    const goesOn = await share.decided;
    await inTransaction((client) => client.query('select pg_advisory_unlock($1, $2)', [LOCKS, share.shard]));
    return goesOn;
  }

  /** `decided` is false when there is too much waiting, or the database is away. */
  private async decide(texts: readonly Omit<TextWork, 'done'>[]): Promise<{ decided: Promise<boolean> }> {
    const { decided } = await this.handIn.all(texts, (text, done) => ({ done, ...text }));
    return { decided: decided.then((results) => results.every((result) => 'stored' in result)) };
  }

  private async measure(): Promise<void> {
    const [row]: { texts: number; oldest: Date | null }[] = await this.database.query(
      `with recursive first as (
          (select b.* from backlog b order by b.shard, b.gateway_id, b.seq limit 1)
          union all
          select n.* from first f cross join lateral (
            select b.* from backlog b where (b.shard, b.gateway_id) > (f.shard, f.gateway_id) order by b.shard, b.gateway_id, b.seq limit 1) n)
        select (select count(*)::int from (select from backlog limit 1000000) b) as texts,
          (select min(i.received_at) from first b join inbound i on i.workspace_id = b.workspace_id and i.id = b.inbound_id) as oldest`,
    );
    depth.set(row?.texts ?? 0);
    oldest.set(row?.oldest ? Math.max(0, (this.clock.now() - row.oldest.getTime()) / 1_000) : 0);
  }
}
