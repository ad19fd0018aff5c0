import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { createHmac } from 'node:crypto';
import { Counter, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import { Config } from '../config.ts';
import { BatchDecider } from '../inbound/batch.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import type { TextWork } from '../inbound/work.ts';
import { decodeEntry, encodeEntry, PARTITIONS, partitionOf, repeatId } from './log-entry.ts';
import { LogStream } from './log-stream.ts';
import { LogWorker } from './log-worker.ts';
import { PositionsRepository } from './positions.repository.ts';

/** Texts on their way into the log; more are refused. */
const MOST_ON_THE_WAY = 20_000;

const appended = new Counter({
  name: 'textloom_log_appended_total',
  help: 'Texts that this node wrote into the inbound log and acknowledged.',
  registers: [register],
});

/**
 * The inbound log on NATS, where there is one: doors write texts into it and acknowledge them, so that a database that is away
 * refuses nobody; nodes share its partitions and decide them in order, each batch with its position in one transaction.
 */
@Injectable()
export class InboundLog implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private stream: LogStream | null = null;
  private worker: LogWorker | null = null;
  private onTheWay = 0;
  private closing = false;

  constructor(
    private readonly database: DataSource,
    private readonly positions: PositionsRepository,
    private readonly decider: BatchDecider,
    private readonly watch: BatchWatch,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.config.natsUrl === undefined) return;
    this.stream = await LogStream.open({
      url: this.config.natsUrl,
      durability: this.config.natsDurability,
      installation: createHmac('sha256', this.config.secret).update('inbound log').digest('hex').slice(0, 12),
    });
  }

  onApplicationBootstrap(): void {
    const { stream, database, positions, decider, watch, clock, log } = this;
    if (!stream) return;
    this.worker = new LogWorker({ stream, database, positions, decider, watch, clock, log });
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.worker?.stop();
    await this.stream?.close();
  }

  /** Whether texts go through the log here. */
  get isOn(): boolean {
    return this.stream !== null;
  }

  /** Writes a text into the log; `work.done` is called once the log has it for good. It is decided later, wherever. */
  append(work: TextWork): void {
    const { stream } = this;
    if (!stream || this.closing || this.onTheWay >= MOST_ON_THE_WAY) {
      work.done({ error: logAway() });
      return;
    }
    this.onTheWay++;
    stream
      .append(partitionOf(work), encodeEntry(work), repeatId(work))
      .then(
        ({ first }) => {
          appended.inc();
          const id = first ? decodeEntry(first).id : work.id;
          const repeated = first ? { duplicate: true as const } : {};
          work.done({ stored: { accepted: true, status: 'pending', id, replies: [], ...repeated } });
        },
        (error: unknown) => {
          this.log.error({ err: error }, 'A text could not be written into the inbound log and was refused.');
          work.done({ error: logAway() });
        },
      )
      .finally(() => {
        this.onTheWay--;
      });
  }

  /**
   * Until when every text that was accepted is decided, at most `now`. Wake-ups of later must wait; where the log cannot be asked,
   * only what is known counts. Milliseconds since 1970.
   */
  async decidedUntil(now: number): Promise<number> {
    const { stream } = this;
    if (!stream) return now;
    const [positions, lasts] = await Promise.all([
      this.positions.read(),
      Promise.all(
        Array.from({ length: PARTITIONS }, (_, partition) => stream.last(partition).catch(() => null)),
      ),
    ]);
    return Math.min(
      now,
      ...positions.map(({ partition, seq, decidedUntil }) => {
        const last = lasts[partition];
        return last !== null && last !== undefined && last <= seq ? now : decidedUntil;
      }),
    );
  }
}

const logAway = (): Problem =>
  Problem.unavailable(
    'inbound.log',
    'The inbound log is out of reach for the moment. Send it again in a second.',
  );
