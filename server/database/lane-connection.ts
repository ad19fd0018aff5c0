import pg, { type PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { codeOf, messageOf } from '../common/errors.ts';
import { endSilent, isAnswering } from './silence.ts';

/** PostgreSQL's classes for "try the same again": serialization failure, deadlock. */
const AGAIN = new Set(['40001', '40P01']);

/** How a database error is to be met. */
export type ErrorClass = 'again' | 'data' | 'lost';

/**
 * Codes that are about this connection: classes of servers that are away or end, a transaction that stood still, a server that only
 * reads (a standby since a failover), and statements that were prepared before a migration changed what they return.
 */
const NEW_CONNECTION = /^(08|0A000|25006|25P03|53|57|58)/;

/** `again`: the same batch may succeed; `data`: one row is to blame (classes 22, 23); `lost`: a new connection is needed, or the server is gone. */
export function classify(error: unknown): ErrorClass {
  const code = codeOf(error) ?? '';
  if (AGAIN.has(code)) return 'again';
  // The system's own codes first: EPIPE looks like one of PostgreSQL's, which never begin with E.
  if (/^E(?!RR_)|^ERR_(STREAM|SOCKET)_/.test(code)) return 'lost';
  if (/^[0-9A-Z]{5}$/.test(code)) return NEW_CONNECTION.test(code) ? 'lost' : 'data';
  return LOST.test(messageOf(error)) ? 'lost' : 'data';
}

/** What node-postgres, its pool and TypeORM say without a code; words such as "timeout" alone may be an author's. */
const LOST = new RegExp(
  `^(Error: )?(${[
    'Connection terminated',
    'Client has encountered a connection error',
    'Client was closed',
    'timeout e(xpired|xceeded when trying to connect)',
    'Query read timeout',
    'Cannot use a pool after',
    'Driver not Connected',
    'Query ?[Rr]unner already released',
  ].join('|')})`,
);

/** How long a lane waits for its database, in milliseconds. */
export interface Patience {
  /** What has no answer for so long may have been asked of a machine that is gone without a word: whether it is there is asked anew. */
  silentMs: number;
  /** What has no answer for so long is given up by both ends, and its connection ends. */
  longestMs: number;
}

/** By itself, Linux would go on sending for a quarter of an hour. A database that is only slow, under a crowd, is waited for. */
const PATIENCE: Patience = { silentMs: 15_000, longestMs: 60_000 };

/**
 * Look-ups by index, see below; and what a node holds that stands still, or whose machine is gone without a word, is given free: by
 * themselves, PostgreSQL would hold its locks on contacts for ever, and Linux would believe in its connection for two hours.
 */
const SETTINGS = `set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
  set idle_in_transaction_session_timeout = '30s'; set tcp_keepalives_idle = 20; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`;

/**
 * For workers whose statements have no choice of plan: by itself PostgreSQL plans anew for every array of a few rows, which costs more
 * than all that is then done.
 */
export const KEPT_PLANS = 'set plan_cache_mode = force_generic_plan';

/** Prepared like the statements beside them, so that they go out with these. */
const BEGIN = { name: 'begin', text: 'begin' };
const COMMIT = { name: 'commit', text: 'commit' };

const NO_LAST = (): void => undefined;

/** Plans are made anew after twice as much work as the last time, and at least after this many transactions. */
const PLANS_LAST = 1_000;

/**
 * A connection of its own for a worker that runs one transaction after the other. Its statements are look-ups by index by
 * construction, so plans that would read whole tables (made while they are still empty) are ruled out, and none is kept while
 * tables grow: what was cheap for ten rows reads a million of them in a burst, long before anybody counts them again.
 */
export class LaneConnection {
  private held: { runner: QueryRunner; client: PoolClient } | null = null;
  private connecting: Promise<{ client: PoolClient }> | null = null;
  private worked = 0;
  private replanAt = 8;

  /** `settings`: statements that set what this worker needs beside what all do. */
  constructor(
    private readonly database: DataSource,
    private readonly settings = '',
    private readonly patience = PATIENCE,
  ) {}

  /** Runs single statements, each a transaction of its own: no round trips to begin and commit it. */
  async statement<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const { client } = await this.connect();
    try {
      return await this.inTime(client, async () => {
        await this.replan(client, 1);
        return await work(client);
      });
    } catch (error) {
      if (classify(error) === 'lost') await this.renew(client);
      throw error;
    }
  }

  /**
   * Runs a transaction: commits what `work` did, or rolls back and throws what it threw. It begins with the first statement of `work`.
   * `size`: how many pieces of work it is about, for tables grow by these. `last`: sends the statement that ends it, if any;
   * COMMIT does not wait for its answer. Where it fails PostgreSQL takes COMMIT for ROLLBACK, so only that it fails may tell that
   * something is wrong, and nothing of it may be read.
   */
  async transaction<Result>(
    work: (client: PoolClient) => Promise<Result>,
    {
      size = 1,
      last = NO_LAST,
    }: { size?: number; last?: (client: PoolClient, result: Result) => Promise<void> | void } = {},
  ): Promise<Result> {
    const { client } = await this.connect();
    try {
      return await this.inTime(client, async () => {
        await this.replan(client, size);
        const [, result] = await Promise.all([client.query(BEGIN), work(client)]);
        await Promise.all([last(client, result), client.query(COMMIT)]);
        return result;
      });
    } catch (error) {
      if (classify(error) === 'lost') await this.renew(client);
      else await client.query('rollback').catch(() => this.renew(client));
      throw error;
    }
  }

  private async replan(client: PoolClient, size: number): Promise<void> {
    this.worked += size;
    if (this.worked < this.replanAt) return;
    this.replanAt = this.worked + Math.min(this.worked, PLANS_LAST * size);
    await client.query('discard plans');
  }

  async drop(): Promise<void> {
    const held = this.held;
    this.held = null;
    await held?.runner.release().catch(() => undefined);
  }

  /** The next work gets a new connection; this one may be alive, but nobody else shall get it from the pool. */
  private async renew(client: PoolClient): Promise<void> {
    if (this.held?.client !== client) return;
    if (client instanceof pg.Client) client.end().catch(() => undefined);
    await this.drop();
  }

  /** Those who ask at the same time share one connection. */
  private async connect(): Promise<{ client: PoolClient }> {
    if (this.held) return this.held;
    this.connecting ??= this.open().finally(() => {
      this.connecting = null;
    });
    return await this.connecting;
  }

  private async open(): Promise<{ runner: QueryRunner; client: PoolClient }> {
    const runner = this.database.createQueryRunner();
    try {
      const client: PoolClient = await runner.connect();
      const { longestMs } = this.patience;
      await this.inTime(client, () =>
        client.query(`${SETTINGS}; set statement_timeout = ${longestMs}; ${this.settings}`),
      );
      this.held = { runner, client };
      return this.held;
    } catch (error) {
      await runner.release().catch(() => undefined);
      throw error;
    }
  }

  /**
   * Ends the connection where nothing is heard of a database that does not answer others either, or of this one for much longer, and
   * waits for nothing that is still asked elsewhere.
   */
  private async inTime<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
    const { silentMs, longestMs } = this.patience;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = (afterMs: number): void => {
        if (client instanceof pg.Client) client.connection.stream.destroy();
        reject(new Error(`Connection terminated: there was no answer for ${afterMs / 1_000} seconds`));
      };
      const doubt = async (): Promise<void> => {
        if (await isAnswering(this.database)) return;
        // It may have answered meanwhile.
        if (timer === undefined) return;
        endSilent(this.database, silentMs);
        giveUp(silentMs);
      };
      const last = (): void => giveUp(longestMs);
      timer = setTimeout(() => {
        timer = setTimeout(last, longestMs - silentMs);
        void doubt();
      }, silentMs);
    });
    try {
      return await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
      timer = undefined;
    }
  }
}
