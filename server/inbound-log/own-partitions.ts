import { newId } from '../common/ids.ts';
import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import { BATCH_SIZE } from '../inbound/lanes.ts';
import type { LogBatch } from './log-batch.ts';
import type { LogStream } from './log-stream.ts';
import { PartitionReader } from './partition-reader.ts';
import type { PositionsRepository } from './positions.repository.ts';

/** How often this node says that it is there. */
const SHARE_EVERY_MS = 1_000;

/** Partitions as one node leads them at a moment: whatever takes long has to ask whether it still does. */
export interface Leadership {
  isStillOurs: () => boolean;
  /** Gives them up; the next sharing reads them anew, from where the database says. */
  drop: () => void;
}

/** The partitions of the inbound log that are this node's share, and what was read ahead of each. */
export class OwnPartitions {
  private readonly node: string;
  private readonly readers = new Map<number, PartitionReader>();
  private sharing: NodeJS.Timeout | null = null;
  private shared: Promise<void> | null = null;
  private closing = false;
  private news: (() => void) | null = null;

  constructor(
    private readonly stream: LogStream,
    private readonly positions: PositionsRepository,
    private readonly log: Log,
    clock: Clock,
  ) {
    this.node = newId(clock.now());
  }

  start(): void {
    this.sharing = setInterval(() => this.share(), SHARE_EVERY_MS);
    this.share();
  }

  /** Takes no more on, and wakes whoever waits for news. */
  async stopSharing(): Promise<void> {
    this.closing = true;
    if (this.sharing) clearInterval(this.sharing);
    this.news?.();
    await this.shared;
  }

  /** Leaves them to others. */
  async leave(): Promise<void> {
    for (const reader of this.readers.values()) await reader.close();
    await this.positions.leave(this.node).catch(() => undefined);
  }

  /** The next entries of all partitions, none of which starves the others. */
  take(): LogBatch {
    const filled = [...this.readers.values()].filter(({ ahead }) => ahead.length > 0);
    const each = Math.ceil(BATCH_SIZE / Math.max(1, filled.length));
    const from = new Map(filled.map(({ partition, position }) => [partition, position]));
    return { from, entries: filled.flatMap((reader) => reader.take(each)) };
  }

  /** Resolves when something was read, or no more will be. */
  async waitForNews(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.news = resolve;
      if ([...this.readers.values()].some(({ ahead }) => ahead.length > 0) || this.closing) resolve();
    });
    this.news = null;
    // What arrives in the same moment shares the batch.
    await new Promise(setImmediate);
  }

  /** Who leads these partitions now. */
  leadershipOf(partitions: Iterable<number>): Leadership {
    const leaders = new Map([...partitions].map((partition) => [partition, this.readers.get(partition)]));
    return {
      isStillOurs: () => [...leaders].every(([partition, reader]) => this.readers.get(partition) === reader),
      drop: () => {
        for (const reader of leaders.values()) if (reader) this.drop(reader);
      },
    };
  }

  /** The entries of a partition are decided as far as this one. */
  passed(partition: number, seq: number): void {
    const reader = this.readers.get(partition);
    if (reader) reader.position = Math.max(reader.position, seq);
  }

  /** Entries that nobody has taken out yet, those that were not read yet among them. */
  get waiting(): number {
    return [...this.readers.values()].reduce((sum, { ahead, pending }) => sum + ahead.length + pending, 0);
  }

  private share(): void {
    this.shared ??= this.positions
      .share(this.node)
      .then((leases) => {
        const own = new Map(leases.map(({ partition, seq }) => [partition, seq]));
        for (const reader of this.readers.values()) if (!own.has(reader.partition)) this.drop(reader);
        for (const [partition, seq] of own) {
          if (!this.closing && !this.readers.has(partition)) this.lead(partition, seq);
        }
      })
      .catch((error: unknown) =>
        this.log.warn({ err: error }, 'The partitions of the inbound log could not be shared.'),
      )
      .finally(() => {
        this.shared = null;
      });
  }

  private lead(partition: number, seq: number): void {
    const reader = new PartitionReader(partition, seq, () => this.news?.());
    this.readers.set(partition, reader);
    const read = this.fitToLog(partition, seq).then(() => reader.run(this.stream));
    read.catch((error: unknown) => {
      if (this.closing || this.readers.get(partition) !== reader) return;
      this.log.warn(
        { err: error, partition },
        'A partition of the inbound log could not be read; it is tried again.',
      );
      this.drop(reader);
    });
  }

  /** A position of a log that is no more, or beyond the end of this one: whatever comes before it would be passed over as decided. */
  private async fitToLog(partition: number, seq: number): Promise<void> {
    const { made, end } = await this.stream.extent();
    // Whoever led the log and stood still knows less of it than there is, and takes no fence.
    const isShort = end < seq && (await this.stream.fence()) <= seq;
    const fit = await this.positions.fit(partition, { made, end: isShort ? end : Math.max(end, seq) });
    if (fit === seq) return;
    throw new Error(
      `The partition is read from ${fit} on, not from ${seq}: the inbound log was made anew, or has lost its end.`,
    );
  }

  private drop(reader: PartitionReader): void {
    if (this.readers.get(reader.partition) === reader) this.readers.delete(reader.partition);
    reader.close().catch(() => undefined);
  }
}
