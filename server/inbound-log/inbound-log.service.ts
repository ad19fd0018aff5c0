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
import { decodeEntry, encodeEntry, markOf, partitionOf, repeatId, type Texter } from './log-entry.ts';
import { type LogPlace, LogStream } from './log-stream.ts';
import { LogTail } from './log-tail.ts';
import { LogWorker } from './log-worker.ts';
import { PositionsRepository } from './positions.repository.ts';

/** Texts on their way into the log; more are refused. */
const MOST_ON_THE_WAY = 20_000;

/** How often at most it is said that the log cannot be asked, in milliseconds. */
const SAY_EVERY_MS = 10_000;

const appended = new Counter({
  name: 'textloom_log_appended_total',
  help: 'Texts that this node wrote into the inbound log and acknowledged.',
  registers: [register],
});

const refused = new Counter({
  name: 'textloom_log_refused_total',
  help: 'Texts that this node could not write into the inbound log and refused.',
  registers: [register],
});

/**
 * The inbound log on NATS, where there is one: doors write texts into it and acknowledge them, so that a database that is away
 * refuses nobody; nodes share its partitions and decide them in order, each batch with its position in one transaction.
 */
@Injectable()
export class InboundLog implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private stream: LogStream | null = null;
  private tail: LogTail | null = null;
  private worker: LogWorker | null = null;
  private onTheWay = 0;
  private closing = false;
  private saidAway = Number.NEGATIVE_INFINITY;

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

  async onApplicationBootstrap(): Promise<void> {
    const { stream, database, positions, decider, watch, clock, log } = this;
    if (!stream) return await this.sayLeftBehind();
    this.tail = new LogTail(stream, positions, log);
    this.tail.start();
    this.worker = new LogWorker({ stream, database, positions, decider, watch, clock, log });
    this.worker.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.worker?.stop();
    await this.tail?.stop();
    await this.stream?.close();
  }

  /** Whether texts go through the log here. */
  get isOn(): boolean {
    return this.stream !== null;
  }

  /** Whether there is a log and it can be written to at this moment. */
  async takesTexts(): Promise<boolean> {
    const { stream } = this;
    if (!stream || this.closing) return false;
    return await stream.fence().then(
      () => true,
      () => false,
    );
  }

  /** Writes a text into the log; `work.done` is called once the log has it for good. It is decided later, wherever. */
  append(work: TextWork): void {
    const { stream } = this;
    if (!stream || this.closing || this.onTheWay >= MOST_ON_THE_WAY) {
      if (!this.closing) refused.inc();
      work.done({ error: logAway() });
      return;
    }
    this.onTheWay++;
    stream
      .append(logPlaceOf(work), encodeEntry(work), repeatId(work))
      .then(
        ({ first }) => {
          appended.inc();
          const id = first ? decodeEntry(first).id : work.id;
          const repeated = first ? { duplicate: true as const } : {};
          work.done({ stored: { accepted: true, status: 'pending', id, replies: [], ...repeated } });
        },
        (error: unknown) => {
          refused.inc();
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
    if (!this.isOn) return now;
    const tail = await this.caughtUp();
    const positions = await this.positions.read();
    return Math.min(
      now,
      ...positions.map(({ partition, seq, decidedUntil }) =>
        tail && tail.last(partition) <= seq ? now : decidedUntil,
      ),
    );
  }

  /**
   * Which of these people, by their places in the list, have a text in the log that was acknowledged and is not decided yet, which
   * may be a STOP; all while the log cannot be asked. Whatever else was acknowledged before the call is decided when it returns.
   */
  async undecided(people: readonly Texter[]): Promise<ReadonlySet<number>> {
    if (!this.isOn || people.length === 0) return new Set();
    const tail = await this.caughtUp();
    if (!tail) return new Set(people.keys());
    // Read after the log, so that what was acknowledged last is either decided here or counted as waiting.
    const decided = new Map((await this.positions.read()).map(({ partition, seq }) => [partition, seq]));
    const waits = (person: Texter): boolean => {
      const place = logPlaceOf(person);
      return tail.lastOf(place) > (decided.get(place.partition) ?? 0);
    };
    return new Set(people.flatMap((person, n) => (waits(person) ? [n] : [])));
  }

  /** All that was acknowledged before the call; null while that cannot be known. */
  private async caughtUp(): Promise<LogTail | null> {
    try {
      await this.tail?.catchUp();
      return this.tail;
    } catch (error) {
      this.sayAway(error);
      return null;
    }
  }

  /** What was acknowledged and is not decided stays in a log that is not read any more, and nobody would miss it. */
  private async sayLeftBehind(): Promise<void> {
    if ((await this.positions.read()).some(({ seq }) => seq > 0))
      this.log.warn(
        {},
        'Texts came through an inbound log before, and NATS_URL is not set. Those that stand in it undecided wait until it is set again.',
      );
  }

  private sayAway(error: unknown): void {
    if (performance.now() - this.saidAway < SAY_EVERY_MS) return;
    this.saidAway = performance.now();
    this.log.warn(
      { err: error },
      'The inbound log cannot be asked whose texts wait in it; nothing is sent meanwhile.',
    );
  }
}

const logPlaceOf = (texter: Texter): LogPlace => ({ partition: partitionOf(texter), mark: markOf(texter) });

const logAway = (): Problem =>
  Problem.unavailable(
    'inbound.log',
    'The inbound log is out of reach for the moment. Send it again in a second.',
  );
