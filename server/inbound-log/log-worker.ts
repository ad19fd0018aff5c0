import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, register } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Clock } from '../common/clock.ts';
import { codeOf, messageOf } from '../common/errors.ts';
import type { Log } from '../common/log.ts';
import { classify, KEPT_PLANS, LaneConnection } from '../database/lane-connection.ts';
import type { BatchDecider, BatchResult } from '../inbound/batch.ts';
import type { BatchWatch } from '../inbound/batch-watch.ts';
import { idOf } from '../inbound/undecided.ts';
import {
  ContactsHeld,
  decideLogged,
  giveUpLogged,
  keepLogged,
  type LogBatch,
  type Logged,
  PositionMoved,
  withoutKnown,
} from './log-batch.ts';
import type { LogStream } from './log-stream.ts';
import { OwnPartitions } from './own-partitions.ts';
import type { PositionsRepository } from './positions.repository.ts';

/** How long a database that is away, or a log that cannot be read, is left alone. */
const REST_MS = 500;
/** A batch that meets a deadlock is tried so often before it is looked at one by one. */
const TRIES = 6;

/** PostgreSQL's code for a row whose key is there already. */
const UNIQUE = '23505';
/** PostgreSQL's classes for values that it takes nowhere: data exception, integrity constraint violation. */
const BAD_DATA = /^2[23]/;

const undecided = new Gauge({
  name: 'textloom_log_undecided',
  help: 'Texts of the inbound log that wait in partitions this node works on.',
  registers: [register],
});

const lag = new Gauge({
  name: 'textloom_log_lag_seconds',
  help: 'How old the oldest text is that this node decides from the inbound log now; 0 when none waits.',
  registers: [register],
});

const unreadable = new Counter({
  name: 'textloom_log_unreadable_total',
  help: 'Entries of the inbound log that are no text and were set aside.',
  registers: [register],
});

export interface LogWorkerParts {
  readonly stream: LogStream;
  readonly database: DataSource;
  readonly positions: PositionsRepository;
  readonly decider: BatchDecider;
  readonly watch: BatchWatch;
  readonly clock: Clock;
  readonly log: Log;
}

/** Decides what stands in the partitions of the inbound log that are this node's share, in order, a batch after the other. */
export class LogWorker {
  private readonly connection: LaneConnection;
  private readonly partitions: OwnPartitions;
  private working: Promise<void> | null = null;
  private closing = false;

  constructor(private readonly parts: LogWorkerParts) {
    const { database, stream, positions, log, clock } = parts;
    this.connection = new LaneConnection(database, KEPT_PLANS);
    this.partitions = new OwnPartitions(stream, positions, log, clock);
  }

  start(): void {
    this.partitions.start();
    this.working = this.work();
  }

  /** Finishes the batch under way and leaves the partitions to others. */
  async stop(): Promise<void> {
    this.closing = true;
    await this.partitions.stopSharing();
    await this.working;
    await this.partitions.leave();
    await this.connection.drop();
  }

  private async work(): Promise<void> {
    while (!this.closing) {
      const taken = this.partitions.take();
      if (taken.entries.length > 0) await this.decide(taken);
      else {
        this.measure([], true);
        await this.partitions.waitForNews();
      }
    }
  }

  /** Decides a batch, however long the database is away; gives the partitions up that somebody else has moved. */
  private async decide(whole: LogBatch): Promise<void> {
    let batch = whole;
    const leadership = this.partitions.leadershipOf(batch.from.keys());
    for (let tries = 1; !this.closing && leadership.isStillOurs(); tries++) {
      const results: BatchResult[] = [];
      try {
        const started = performance.now();
        await this.connection.transaction(
          async (client) => results.push(...(await decideLogged(client, this.parts.decider, batch))),
          { size: batch.entries.length },
        );
        this.parts.watch.batchDone(batch.entries.length, performance.now() - started);
        return this.decided(batch, results);
      } catch (error) {
        if (error instanceof PositionMoved) break;
        if (codeOf(error) === UNIQUE) {
          const fresh = await this.withoutKnown(batch);
          if (fresh !== batch) {
            batch = fresh;
            continue;
          }
        }
        const kind = error instanceof ContactsHeld ? 'held' : classify(error);
        // The commit may hold all the same: then the next try finds the position moved.
        if (kind === 'lost') for (const { replies } of results) replies.doubt();
        if (kind === 'data' || (kind === 'again' && tries >= TRIES)) return await this.bisect(batch, error);
        this.measure(batch.entries, false);
        this.parts.log.warn(
          { err: error, texts: batch.entries.length },
          'A batch of the inbound log is tried again.',
        );
        await sleep(REST_MS);
      }
    }
    leadership.drop();
  }

  /** A database that cannot say what it knows is asked to decide all of it again. */
  private async withoutKnown(batch: LogBatch): Promise<LogBatch> {
    return await this.connection.statement((client) => withoutKnown(client, batch)).catch(() => batch);
  }

  private decided({ entries }: LogBatch, results: readonly BatchResult[]): void {
    for (const { partition, seq, work } of entries) {
      this.partitions.passed(partition, seq);
      if (work.kind === 'unreadable') this.sayUnreadable(partition, seq, work.reason);
    }
    for (const result of results) this.parts.watch.committed(result);
    this.measure(entries, true);
  }

  private sayUnreadable(partition: number, seq: number, reason: string): void {
    unreadable.inc();
    this.parts.log.error(
      { partition, seq, reason },
      'An entry of the inbound log is no text and was set aside.',
    );
  }

  private measure(entries: readonly Logged[], isDecided: boolean): void {
    const waiting = this.partitions.waiting + (isDecided ? 0 : entries.length);
    const oldest = Math.min(
      ...entries.map(({ work }) => (work.kind === 'text' ? work.at : Number.POSITIVE_INFINITY)),
    );
    undecided.set(waiting);
    if (waiting === 0) lag.set(0);
    else if (Number.isFinite(oldest)) lag.set(Math.max(0, (this.parts.clock.now() - oldest) / 1_000));
  }

  /** Something in there the database refuses: it is found by halving and set aside, so that it never stops the others. */
  private async bisect(batch: LogBatch, error: unknown): Promise<void> {
    const { entries } = batch;
    const [only] = entries;
    if (entries.length === 1 && only) return await this.setAside(batch, only, error);
    const middle = Math.ceil(entries.length / 2);
    const first = entries.slice(0, middle);
    await this.decide(batchOf(batch, first));
    const moved = new Map(first.map(({ partition, seq }) => [partition, seq]));
    await this.decide(batchOf({ ...batch, from: new Map([...batch.from, ...moved]) }, entries.slice(middle)));
  }

  private async setAside(batch: LogBatch, { work }: Logged, error: unknown): Promise<void> {
    const id = work.kind === 'text' ? idOf(work) : {};
    this.parts.log.error(
      { err: error, ...id },
      'A text of the inbound log could not be decided and was set aside.',
    );
    let isRefused = false;
    while (!this.closing) {
      try {
        if (isRefused) return await this.keep(batch, messageOf(error));
        if (
          await this.connection.transaction((client) =>
            giveUpLogged(client, batch, this.parts.decider.hearing),
          )
        )
          return this.decided(batch, []);
      } catch (cause) {
        if (cause instanceof PositionMoved) break;
        isRefused ||= BAD_DATA.test(codeOf(cause) ?? '');
        this.parts.log.error(
          { err: cause, ...id },
          'A text of the inbound log could not be set aside; it is tried again.',
        );
      }
      await sleep(REST_MS);
    }
    this.partitions.leadershipOf(batch.from.keys()).drop();
  }

  /** What no column takes, a text with a zero byte that a stranger wrote, say, is kept as it stands in the log. */
  private async keep(batch: LogBatch, reason: string): Promise<void> {
    const { hearing } = this.parts.decider;
    await this.connection.transaction((client) => keepLogged(client, batch, { reason, ...hearing }));
    for (const { partition, seq } of batch.entries) this.sayUnreadable(partition, seq, reason);
    this.decided(batch, []);
  }
}

/** A part of a batch, with the positions of the partitions in it. */
function batchOf({ from }: LogBatch, entries: readonly Logged[]): LogBatch {
  const partitions = new Set(entries.map(({ partition }) => partition));
  return { from: new Map([...from].filter(([partition]) => partitions.has(partition))), entries };
}
