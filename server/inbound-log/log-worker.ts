import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, register } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Clock } from '../common/clock.ts';
import { codeOf, messageOf } from '../common/errors.ts';
import { newId } from '../common/ids.ts';
import type { Log } from '../common/log.ts';
import { classify, LaneConnection } from '../database/lane-connection.ts';
import type { BatchDecider, BatchResult } from '../inbound/batch.ts';
import type { BatchWatch } from '../inbound/batch-watch.ts';
import { BATCH_SIZE } from '../inbound/lane.ts';
import {
  ContactsHeld,
  decideLogged,
  giveUpLogged,
  keepLogged,
  type LogBatch,
  type Logged,
  PositionMoved,
} from './log-batch.ts';
import type { LogStream } from './log-stream.ts';
import { PartitionReader } from './partition-reader.ts';
import type { PositionsRepository } from './positions.repository.ts';

/** How often this node says that it is there. */
const SHARE_EVERY_MS = 1_000;
/** How long a database that is away, or a log that cannot be read, is left alone. */
const REST_MS = 500;
/** A batch that meets a deadlock is tried so often before it is looked at one by one. */
const TRIES = 6;

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
  private readonly node: string;
  private readonly connection: LaneConnection;
  private readonly readers = new Map<number, PartitionReader>();
  private sharing: NodeJS.Timeout | null = null;
  private shared: Promise<void> | null = null;
  private working: Promise<void> | null = null;
  private closing = false;
  private news: (() => void) | null = null;

  constructor(private readonly parts: LogWorkerParts) {
    this.node = newId(parts.clock.now());
    this.connection = new LaneConnection(parts.database);
  }

  start(): void {
    this.sharing = setInterval(() => this.share(), SHARE_EVERY_MS);
    this.share();
    this.working = this.work();
  }

  /** Finishes the batch under way and leaves the partitions to others. */
  async stop(): Promise<void> {
    this.closing = true;
    if (this.sharing) clearInterval(this.sharing);
    this.news?.();
    await this.shared;
    await this.working;
    for (const reader of this.readers.values()) await reader.close();
    await this.parts.positions.leave(this.node).catch(() => undefined);
    await this.connection.drop();
  }

  private share(): void {
    this.shared ??= this.parts.positions
      .share(this.node)
      .then((leases) => {
        const own = new Map(leases.map(({ partition, seq }) => [partition, seq]));
        for (const reader of this.readers.values()) if (!own.has(reader.partition)) this.drop(reader);
        for (const [partition, seq] of own) {
          if (!this.closing && !this.readers.has(partition)) this.lead(partition, seq);
        }
      })
      .catch((error: unknown) =>
        this.parts.log.warn({ err: error }, 'The partitions of the inbound log could not be shared.'),
      )
      .finally(() => {
        this.shared = null;
      });
  }

  private lead(partition: number, seq: number): void {
    const reader = new PartitionReader(partition, seq, () => this.news?.());
    this.readers.set(partition, reader);
    const read = this.fitToLog(partition, seq).then(() => reader.run(this.parts.stream));
    read.catch((error: unknown) => {
      if (this.closing || this.readers.get(partition) !== reader) return;
      this.parts.log.warn(
        { err: error, partition },
        'A partition of the inbound log could not be read; it is tried again.',
      );
      this.drop(reader);
    });
  }

  /** A position beyond the end is of a log that is no more, or that lost its end: whatever comes would be passed over as decided. */
  private async fitToLog(partition: number, seq: number): Promise<void> {
    const { made, end } = await this.parts.stream.extent();
    if (seq <= end) return;
    await this.parts.positions.takeBack(partition, seq, { made, end });
    throw new Error(`The inbound log ends at ${end}, before ${seq}: it was made anew, or has lost its end.`);
  }

  /** The next sharing reads it anew, from where the database says. */
  private drop(reader: PartitionReader): void {
    if (this.readers.get(reader.partition) === reader) this.readers.delete(reader.partition);
    reader.close().catch(() => undefined);
  }

  private async work(): Promise<void> {
    while (!this.closing) {
      const taken = this.take();
      if (taken.entries.length === 0) await this.waitForNews();
      else await this.decide(taken);
    }
  }

  private async waitForNews(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.news = resolve;
      if ([...this.readers.values()].some(({ ahead }) => ahead.length > 0) || this.closing) resolve();
    });
    this.news = null;
    // What arrives in the same moment shares the batch.
    await new Promise(setImmediate);
  }

  /** The next entries of all partitions, none of which starves the others. */
  private take(): LogBatch {
    const filled = [...this.readers.values()].filter(({ ahead }) => ahead.length > 0);
    const each = Math.ceil(BATCH_SIZE / Math.max(1, filled.length));
    const from = new Map(filled.map(({ partition, position }) => [partition, position]));
    return { from, entries: filled.flatMap((reader) => reader.take(each)) };
  }

  /** Decides a batch, however long the database is away; gives the partitions up that somebody else has moved. */
  private async decide(batch: LogBatch): Promise<void> {
    const leaders = new Map(
      [...batch.from.keys()].map((partition) => [partition, this.readers.get(partition)]),
    );
    const isStillOurs = () =>
      [...leaders].every(([partition, reader]) => this.readers.get(partition) === reader);
    for (let tries = 1; !this.closing && isStillOurs(); tries++) {
      try {
        const started = performance.now();
        const results = await this.connection.transaction((client) =>
          decideLogged(client, this.parts.decider, batch),
        );
        this.parts.watch.batchDone(batch.entries.length, performance.now() - started);
        return this.decided(batch, results);
      } catch (error) {
        if (error instanceof PositionMoved) break;
        const kind = error instanceof ContactsHeld ? 'held' : classify(error);
        if (kind === 'data' || (kind === 'again' && tries >= TRIES)) return await this.bisect(batch, error);
        this.measure(batch.entries, false);
        this.parts.log.warn(
          { err: error, texts: batch.entries.length },
          'A batch of the inbound log is tried again.',
        );
        await sleep(REST_MS);
      }
    }
    for (const reader of leaders.values()) if (reader) this.drop(reader);
  }

  private decided({ entries }: LogBatch, results: readonly BatchResult[]): void {
    for (const { partition, seq, work } of entries) {
      const reader = this.readers.get(partition);
      if (reader) reader.position = Math.max(reader.position, seq);
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
    const waiting = [...this.readers.values()].reduce(
      (sum, { ahead, pending }) => sum + ahead.length + pending,
      isDecided ? 0 : entries.length,
    );
    const oldest = Math.min(
      ...entries.map(({ work }) => (work.kind === 'text' ? work.at : Number.POSITIVE_INFINITY)),
    );
    undecided.set(waiting);
    lag.set(
      waiting === 0 || oldest === Number.POSITIVE_INFINITY
        ? 0
        : Math.max(0, (this.parts.clock.now() - oldest) / 1_000),
    );
  }

  /** Something in there the database refuses: it is found by halving and set aside, so that it never stops the others. */
  private async bisect(batch: LogBatch, error: unknown): Promise<void> {
    const { entries } = batch;
    const [only] = entries;
    if (entries.length === 1 && only) return await this.setAside(batch, error);
    const middle = Math.ceil(entries.length / 2);
    const first = entries.slice(0, middle);
    await this.decide(batchOf(batch, first));
    const moved = new Map(first.map(({ partition, seq }) => [partition, seq]));
    await this.decide(batchOf({ ...batch, from: new Map([...batch.from, ...moved]) }, entries.slice(middle)));
  }

  private async setAside(batch: LogBatch, error: unknown): Promise<void> {
    this.parts.log.error({ err: error }, 'A text of the inbound log could not be decided and was set aside.');
    const reason = `Could not be decided: ${messageOf(error)}`;
    let isRefused = false;
    while (!this.closing) {
      try {
        if (isRefused) return await this.keep(batch, reason);
        if (await this.connection.transaction((client) => giveUpLogged(client, batch, reason)))
          return this.decided(batch, []);
      } catch (cause) {
        if (cause instanceof PositionMoved) break;
        isRefused ||= BAD_DATA.test(codeOf(cause) ?? '');
        this.parts.log.error(
          { err: cause },
          'A text of the inbound log could not be set aside; it is tried again.',
        );
      }
      await sleep(REST_MS);
    }
    for (const partition of batch.from.keys()) {
      const reader = this.readers.get(partition);
      if (reader) this.drop(reader);
    }
  }

  /** What no column takes, a text with a zero byte that a stranger wrote, say, is kept as it stands in the log. */
  private async keep(batch: LogBatch, reason: string): Promise<void> {
    await this.connection.transaction((client) => keepLogged(client, batch, reason));
    for (const { partition, seq } of batch.entries) this.sayUnreadable(partition, seq, reason);
    this.decided(batch, []);
  }
}

/** A part of a batch, with the positions of the partitions in it. */
function batchOf({ from }: LogBatch, entries: readonly Logged[]): LogBatch {
  const partitions = new Set(entries.map(({ partition }) => partition));
  return { from: new Map([...from].filter(([partition]) => partitions.has(partition))), entries };
}
