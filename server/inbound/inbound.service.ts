import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Accepted } from '#shared/api/inbound.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import { classify, KEPT_PLANS, LaneConnection } from '../database/lane-connection.ts';
import { BatchDecider, type BatchResult } from './batch.ts';
import { BatchWatch } from './batch-watch.ts';
import { giveUpRun, giveUpText } from './give-up.ts';
import { heedUnstored } from './heed-stop.ts';
import { Lanes } from './lanes.ts';
import { idOf, UNDECIDED_RUN } from './undecided.ts';
import type { Work, WorkResult } from './work.ts';

/** Batches under way at once: while one is thought about, the others keep the database busy. */
const LANES = 3;
/** Work that may wait in memory before the door answers 503, whoever it is from: no more can be stored before gateways lose patience. */
const MOST_WAITING = 20_000;
/** Beyond that there is room for gateways that have less waiting than their share. */
const FOR_OTHERS = 5_000;
/** How often is looked which ones have more, in milliseconds. */
const LOOK_EVERY_MS = 100;
const TRIES = 6;

/** Says that an answer was not taken because the version of its run does not open here. */
export const VERSION_UNOPENED = 'inbound.version';
/** Says that work on somebody was not done because texts of theirs wait to be decided first. */
export const BEHIND_TEXTS = 'inbound.behind';

/** What is said of work that is no text. */
const DECIDED: Accepted = { accepted: true, status: 'decided', id: '', replies: [] };

/** Takes work on contacts and decides it in batches, each in one transaction, then tells the outcome. */
@Injectable()
export class InboundService implements OnApplicationShutdown {
  private readonly connections: readonly LaneConnection[];
  private readonly lanes: Lanes;
  private closing = false;
  private flooding: ReadonlySet<string> = new Set();
  private lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    database: DataSource,
    private readonly decider: BatchDecider,
    private readonly watch: BatchWatch,
    private readonly log: Log,
  ) {
    this.connections = Array.from({ length: LANES }, () => new LaneConnection(database, KEPT_PLANS));
    this.lanes = new Lanes(
      this.connections.map((connection) => (batch, late) => this.runBatch(connection, batch, late)),
    );
  }

  /** Work that waits to be decided. */
  get waiting(): number {
    return this.lanes.length;
  }

  /** Queues work behind everything the contact already has waiting. `work.done` is called when it is stored, or could not be. */
  accept(work: Work): void {
    const { waiting } = this;
    const isFull = waiting >= MOST_WAITING && (waiting >= MOST_WAITING + FOR_OTHERS || this.isFlooding(work));
    if (this.closing || isFull) {
      work.done({
        error: Problem.unavailable(
          'inbound.overloaded',
          'More texts are waiting than can be stored now. Send it again in a second.',
        ),
      });
      return;
    }
    this.lanes.push(work);
  }

  /** Whether a text comes from a gateway that has its share of those that wait already. */
  private isFlooding(work: Work): boolean {
    const now = performance.now();
    if (now - this.lookedAt > LOOK_EVERY_MS) {
      this.flooding = this.lanes.crowdedBy();
      this.lookedAt = now;
    }
    return work.kind === 'text' && this.flooding.has(work.gatewayId);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.lanes.idle();
    for (const connection of this.connections) await connection.drop();
  }

  private async runBatch(connection: LaneConnection, batch: Work[], late: boolean): Promise<Work[]> {
    const started = performance.now();
    const again: Work[] = [];
    await this.decideOrSplit(connection, batch, late, again);
    this.watch.batchDone(batch.length, performance.now() - started);
    return again;
  }

  /** Decides a batch; a row the database refuses is found by halving and set aside, so that it never stops the others. */
  private async decideOrSplit(
    connection: LaneConnection,
    batch: readonly Work[],
    late: boolean,
    again: Work[],
  ): Promise<void> {
    try {
      const result = await this.tryBatch(connection, batch, late);
      again.push(...result.again);
      this.tell(batch, result);
    } catch (error) {
      if (classify(error) === 'lost') return this.refuse(batch, error);
      const [only] = batch;
      if (batch.length === 1 && only) return this.setAside(connection, only, error, again);
      const middle = Math.ceil(batch.length / 2);
      await this.decideOrSplit(connection, batch.slice(0, middle), late, again);
      await this.decideOrSplit(connection, batch.slice(middle), late, again);
    }
  }

  private async tryBatch(
    connection: LaneConnection,
    batch: readonly Work[],
    late: boolean,
  ): Promise<BatchResult> {
    for (let attempt = 1; ; attempt++) {
      const ending: BatchResult[] = [];
      try {
        const { result } = await connection.transaction((client) => this.decider.draft(client, batch, late), {
          size: batch.length,
          last: (client, { writes, result }) => {
            ending.push(result);
            return writes.flush(client);
          },
        });
        return result;
      } catch (error) {
        const kind = classify(error);
        // Its commit may hold all the same.
        if (kind === 'lost') for (const { replies } of ending) replies.doubt();
        if (kind !== 'again' || attempt === TRIES) throw error;
      }
    }
  }

  /** Nothing is told or published before the commit. */
  private tell(batch: readonly Work[], result: BatchResult): void {
    const again = new Set(result.again);
    const postponed = new Set(result.postponed);
    const moved = new Map(result.decided.map(({ work, moved }) => [work, moved]));
    for (const work of batch) {
      if (again.has(work)) continue;
      if (postponed.has(work)) {
        work.done({ error: behindTexts() });
        continue;
      }
      const heard = result.unopened.get(work);
      if (heard) {
        work.done({ error: versionUnopened(), moved: moved.get(work) ?? 0, heard });
        continue;
      }
      const stored = result.answers.get(work);
      work.done(stored ? { stored } : { stored: DECIDED, moved: moved.get(work) ?? 0 });
    }
    this.watch.committed(result);
  }

  private refuse(batch: readonly Work[], error: unknown): void {
    this.log.error({ err: error, works: batch.length }, 'The database is out of reach; a batch was refused.');
    const problem = cannotStore();
    for (const work of batch) work.done({ error: problem });
  }

  /** What the database refuses is kept without being decided, where people can see it. */
  private async setAside(
    connection: LaneConnection,
    work: Work,
    error: unknown,
    again: Work[],
  ): Promise<void> {
    this.log.error({ err: error, ...idOf(work) }, 'A piece of work could not be decided and was set aside.');
    try {
      const result = await connection.transaction(async (client): Promise<WorkResult | undefined> => {
        if (work.kind === 'run')
          return (await giveUpRun(client, work, UNDECIDED_RUN)) ? { error: asError(error) } : undefined;
        const stored = await giveUpText(client, work, this.decider.hearing);
        return stored && { stored };
      });
      if (result) work.done(result);
      else again.push(work);
    } catch (cause) {
      if (work.kind === 'text' && classify(cause) === 'data')
        await connection
          .transaction((client) => heedUnstored(client, work, this.decider.hearing))
          .catch((error: unknown) =>
            this.log.error({ err: error, ...idOf(work) }, 'Nor could it be heeded.'),
          );
      this.refuse([work], cause);
    }
  }
}

/** What a gateway is told while there is no database to store a text in. */
export const cannotStore = (): Problem =>
  Problem.unavailable(
    'inbound.database',
    'The database is out of reach for the moment. Send it again in a second.',
  );

const behindTexts = (): Problem =>
  Problem.unavailable(
    BEHIND_TEXTS,
    'Texts of this person wait to be decided first. Try it again in a few seconds.',
  );

/** What whoever comes to a version that does not open here is told: another node may know it, or this one later. */
export const versionUnopened = (): Problem =>
  Problem.unavailable(VERSION_UNOPENED, 'The version of its flow does not open here. Try it again later.');

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));
