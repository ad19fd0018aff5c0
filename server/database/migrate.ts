import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { codeOf } from '../common/errors.ts';
import { blockersOf, type Wait, waitWords } from './blockers.ts';
import { holdToSessions } from './hold-to-sessions.ts';

/** Any number that no other program takes on the same database: every node asks for this lock before it migrates. */
const MIGRATION_LOCK = 7_839_548_201;

const LOCK_NOT_AVAILABLE = '55P03';

/** How a migration waits for locks that others hold, in milliseconds. */
export interface Patience {
  /** So long at a time: whoever asks for the same table meanwhile waits behind it. */
  readonly lockMs: number;
  /** So long others have their turn before it is tried again. */
  readonly apartMs: number;
  /** So long in all. */
  readonly longestMs: number;
  /** Hears each time what was waited for in vain. */
  readonly onWait?: ((waitsFor: string) => void) | undefined;
}

const PATIENCE: Patience = { lockMs: 2_000, apartMs: 5_000, longestMs: 10 * 60_000 };

/**
 * Brings the schema up to this build's newest migration. Nodes that start together take turns, and whoever works on the database
 * meanwhile waits for no longer than a migration waits for a lock. Returns the names that were run; throws a sentence when the database
 * is newer than this build, behind a pooler that keeps no sessions, or held by somebody for too long.
 */
export async function migrate(source: DataSource, patience: Partial<Patience> = {}): Promise<string[]> {
  await holdToSessions(source);
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseNewerSchema(source);
    return await runPending(source, runner, { ...PATIENCE, ...patience });
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** `watch` looks meanwhile who is in the way. */
async function runPending(source: DataSource, watch: QueryRunner, patience: Patience): Promise<string[]> {
  const runner = source.createQueryRunner();
  try {
    const [backend]: { pid: number }[] = await runner.query('select pg_backend_pid() as pid');
    await runner.query(`set lock_timeout = ${patience.lockMs}`);
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    const pending = await executor.getPendingMigrations();
    const look = () => blockersOf(watch, backend?.pid ?? 0);
    if (pending.length > 0) await patiently(() => executor.executePendingMigrations(), look, patience);
    return pending.map(({ name }) => name);
  } finally {
    await runner.query('reset lock_timeout').catch(() => undefined);
    await runner.release();
  }
}

/** Tries again what could not get its locks: what is committed by then stays, and is not done twice. */
async function patiently(
  run: () => Promise<unknown>,
  look: () => Promise<Wait | null>,
  { lockMs, apartMs, longestMs, onWait }: Patience,
): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { error, wait } = await watched(run(), look, lockMs / 4);
    if (error === null) return;
    if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
    if (performance.now() - began + apartMs > longestMs) throw new Error(givenUp(wait), { cause: error });
    onWait?.(wordsOf(wait));
    await sleep(apartMs);
  }
}

/** How `work` ended, and what it waited for last. */
async function watched(
  work: Promise<unknown>,
  look: () => Promise<Wait | null>,
  everyMs: number,
): Promise<{ error: unknown; wait: Wait | null }> {
  const ended = work.then(
    () => ({ error: null }),
    (error: unknown) => ({ error }),
  );
  for (let wait: Wait | null = null; ; ) {
    const end = await Promise.race([ended, sleep(everyMs, null, { ref: false })]);
    if (end) return { ...end, wait };
    wait = (await look().catch(() => null)) ?? wait;
  }
}

const wordsOf = (wait: Wait | null): string => (wait ? waitWords(wait) : 'a lock');

const givenUp = (wait: Wait | null): string =>
  `The database could not be brought up to date: that waits for ${wordsOf(wait)}. What was done so far stays. Let that come to its end, ` +
  'or end it (select pg_terminate_backend(…)), then start Textloom again.';

async function refuseNewerSchema(source: DataSource): Promise<void> {
  const [found]: { present: boolean }[] = await source.query(
    `select to_regclass('migrations') is not null as present`,
  );
  if (!found?.present) return;
  const stored: { name: string }[] = await source.query('select name from migrations order by id');
  const known = new Set(source.migrations.map((migration) => migration.name ?? migration.constructor.name));
  const strange = stored.filter(({ name }) => !known.has(name));
  if (strange.length > 0) {
    throw new Error(
      `This database was last used by a newer Textloom (it has ${strange.map(({ name }) => name).join(', ')}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    );
  }
}
