import { Injectable, Optional } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { LaneConnection } from '../database/lane-connection.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { HandIn } from '../inbound/hand-in.ts';
import type { Work, WorkResult } from '../inbound/work.ts';
import { claimWakes, type DueRun, freeWakes, letGo, stillDue } from './wake-claims.ts';

/** How often due wake-ups are looked for, in milliseconds; a wake-up fires within a second of its time. */
const EVERY_MS = 500;
/** Claimed with one statement: the more, the less often it steps over those that were fired and lie there still. */
const AT_ONCE = 1_000;
/** Waiting and under way at a time, a batch or so for each lane. */
const UNDER_WAY = 500;
/** After so many helpings it is looked from the beginning again, for those who were passed over. */
const HELPINGS = 10;
/** Claims end with their connection, so nobody waits until they would outlive a crash. */
const UNHURRIED = 'set synchronous_commit = off';
/** How long a run is left alone whose wake-up fired and changed nothing, in milliseconds: its version may be back by then. */
const STUCK_MS = 10 * 60_000;

const lag = new Gauge({
  name: 'textloom_wakeup_lag_seconds',
  help: 'How far behind its time the oldest wake-up fired last was, in seconds.',
  registers: [register],
});

/** A run that is left alone where it is. `until`: milliseconds since 1970. */
interface Stuck {
  seq: number;
  until: number;
}

/**
 * Finds runs whose time has come and puts them behind the texts that were accepted before. Nodes claim them, so that each is found
 * by one; a wake-up is fenced by the run's sequence besides, so that one claimed twice, because its node stood still, fires once.
 */
@Injectable()
export class WakeClock extends RoundsWorker {
  private readonly connection: LaneConnection;
  private readonly handIn: HandIn;
  /** Wake-ups of the last round. */
  private fired = 0;
  /** Runs whose wake-up changed nothing, so that they never keep others from their turn. */
  private readonly stuck = new Map<string, Stuck>();

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    inbound: InboundService,
    private readonly log: Log,
    @Optional() private readonly inboundLog?: InboundLog,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Wake-ups could not be read.' });
    this.connection = new LaneConnection(database, UNHURRIED);
    this.handIn = new HandIn(inbound, UNDER_WAY);
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    await this.connection.drop();
  }

  /** Fires everything that is due now and that no other node has claimed; resolves when it is decided. Returns how many there were last. */
  async fireDue(): Promise<number> {
    await this.workDue();
    return this.fired;
  }

  protected async round(): Promise<void> {
    this.fired = 0;
    await this.connection.statement(freeWakes);
    let from: number | null = null;
    let settled = Promise.resolve(true);
    try {
      for (let helping = 1; !this.isClosing; helping++) {
        const due = await this.claim(from);
        if (helping === 1) lag.set(due[0] ? Math.max(0, (this.clock.now() - due[0].wake_at) / 1_000) : 0);
        this.fired += due.length;
        const before = settled;
        // The next are claimed while the last of these are decided.
        ({ settled } = await this.fireAll(due));
        if (!(await before)) break;
        if (due.length < AT_ONCE && from === null) break;
        // Those that were fired lie in front of the others, until the database has cleared them away.
        from = due.length < AT_ONCE || helping % HELPINGS === 0 ? null : (due.at(-1)?.wake_at ?? null);
      }
    } finally {
      await settled;
    }
  }

  private async claim(from: number | null): Promise<DueRun[]> {
    const now = this.clock.now();
    // A text that was accepted into the inbound log before a wake-up's time is decided before it.
    const until = (await this.inboundLog?.decidedUntil(now)) ?? now;
    for (const [id, stuck] of this.stuck) if (!isLeftAlone(stuck, now)) this.stuck.delete(id);
    const except = [...this.stuck].map(([id, { seq }]) => ({ id, seq }));
    return await this.connection.statement((client) =>
      claimWakes(client, { until, from, except, most: AT_ONCE }),
    );
  }

  /** Resolves when these are handed in; `settled` tells when they are decided. */
  private async fireAll(due: readonly DueRun[]): Promise<{ settled: Promise<boolean> }> {
    const { decided } = await this.handIn.all(due, (run, done) => this.wakeOf(run, done));
    const settled = decided.then((results) => this.settle(due, results));
    // A failure is heard by whoever waits for it, which may be later.
    settled.catch(() => undefined);
    return { settled };
  }

  /** False when some could not be decided now: too much is waiting, or the database is away. */
  private async settle(due: readonly DueRun[], results: readonly WorkResult[]): Promise<boolean> {
    const unmoved = due.filter((_, index) => isUnmoved(results[index]));
    if (unmoved.length > 0) await this.leaveAlone(unmoved);
    await this.connection.statement((client) => letGo(client, due));
    return results.every((result) => 'stored' in result);
  }

  private wakeOf(run: DueRun, done: Work['done']): Work {
    const at = this.clock.now();
    return {
      kind: 'run',
      workspaceId: run.workspace_id,
      phone: run.phone,
      senderId: run.sender_id,
      at,
      happening: { kind: 'wake', runId: run.id, seq: run.seq, due: run.wake_at, at },
      done,
    };
  }

  /** What came too late has moved on; what has not would come due for ever. */
  private async leaveAlone(unmoved: readonly DueRun[]): Promise<void> {
    const still = await this.connection.statement((client) => stillDue(client, unmoved));
    for (const { id, seq } of unmoved) {
      if (!still.has(id)) continue;
      this.stuck.set(id, { seq, until: this.clock.now() + STUCK_MS });
      this.log.error({ runId: id }, 'A wake-up changed nothing and is tried again in ten minutes.');
    }
  }
}

const isUnmoved = (result: WorkResult | undefined): boolean =>
  result !== undefined && 'stored' in result && result.moved === 0;

/** A time that is further ahead was written by a clock that has been set back since. */
const isLeftAlone = ({ until }: Stuck, now: number): boolean => until > now && until <= now + STUCK_MS;
