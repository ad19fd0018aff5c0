import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { askedTogether } from '../common/asked-together.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { askToWrite } from '../database/ask-to-write.ts';
import { isDatabaseAway } from '../database/database-away.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { QueuesRepository } from './queues.repository.ts';

/** How long what was read from the database is told again, in milliseconds: many may ask. */
const FRESH_MS = 2_000;
/** A database that does not answer must not keep the other figures from being told. */
const PATIENCE_MS = 2_000;

const waiting = new Gauge({
  name: 'textloom_inbound_waiting',
  help: 'Pieces of work that wait in this node for their batch.',
  registers: [register],
});

const connections = new Gauge({
  name: 'textloom_database_connections',
  help: 'Connections of this node to its database: in use, idle, and asked for by work that waits for one.',
  labelNames: ['state'],
  registers: [register],
});

const limit = new Gauge({
  name: 'textloom_database_connections_limit',
  help: 'Connections that this node may hold, DATABASE_POOL.',
  registers: [register],
});

const up = new Gauge({
  name: 'textloom_database_up',
  help: 'Whether the database answered this node just now and can be written to (1) or not (0).',
  registers: [register],
});

const due = new Gauge({
  name: 'textloom_queue_due',
  help: 'What is due in a queue of the database, the same on every node; ten thousand stands for more.',
  labelNames: ['queue'],
  registers: [register],
});

const lag = new Gauge({
  name: 'textloom_queue_lag_seconds',
  help: 'How long the first of what is due in a queue has been due, in seconds, the same on every node.',
  labelNames: ['queue'],
  registers: [register],
});

const resting = new Gauge({
  name: 'textloom_gateway_resting',
  help: 'Whether texts wait because their gateway failed again and again, or refuses its account, and is left alone (1), the same on every node.',
  labelNames: ['gateway', 'kind', 'name', 'trouble'],
  registers: [register],
});

/** The figures that are read when somebody asks, beside those that features keep themselves. */
@Injectable()
export class Figures {
  private readAt = Number.NEGATIVE_INFINITY;
  /** However many ask while the database takes its time, it is asked once. */
  private readonly readOnce = askedTogether<void, void>(() => this.readQueues());

  constructor(
    private readonly database: DataSource,
    private readonly queues: QueuesRepository,
    private readonly inbound: InboundService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Everything in Prometheus' own format. */
  async text(): Promise<string> {
    waiting.set(this.inbound.waiting);
    this.readPool();
    if (performance.now() - this.readAt > FRESH_MS) await this.readOnce();
    return await register.metrics();
  }

  private readPool(): void {
    const { driver } = this.database;
    const pool = 'master' in driver ? driver.master : null;
    if (!(pool instanceof pg.Pool)) return;
    connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
    connections.set({ state: 'idle' }, pool.idleCount);
    connections.set({ state: 'wanted' }, pool.waitingCount);
    limit.set(pool.options.max);
  }

  /** A queue that could not be read has no figure, rather than yesterday's. */
  private async readQueues(): Promise<void> {
    const gaveUp = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
    const reading = Promise.all([
      this.queues.read(this.clock.now()),
      this.queues.gateways(),
      askToWrite(this.database),
    ]);
    const read = await Promise.race([reading.catch((error: unknown) => this.missed(error)), gaveUp]);
    const [queues, gateways] = read ?? [[], []];
    up.set(read ? 1 : 0);
    due.reset();
    lag.reset();
    resting.reset();
    for (const queue of queues) {
      due.set({ queue: queue.name }, queue.due);
      lag.set({ queue: queue.name }, queue.lag);
    }
    for (const { gateway, kind, name, trouble, resting: rests } of gateways)
      resting.set({ gateway, kind, name, trouble }, rests ? 1 : 0);
    if (read) this.readAt = performance.now();
  }

  /** A database that is away shows in its figure; anything else is a fault of ours. */
  private missed(error: unknown): null {
    if (!isDatabaseAway(error)) this.log.error({ err: error }, 'The queues could not be counted.');
    return null;
  }
}
