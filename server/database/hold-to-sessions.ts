import type { DataSource, QueryRunner } from 'typeorm';
import { messageOf } from '../common/errors.ts';

const SENTENCE =
  'Between Textloom and PostgreSQL stands a pooler that gives each transaction to whichever connection is free. Advisory locks, LISTEN, ' +
  'prepared statements and settings belong to one connection, and would be lost on the way. Let it pool by session (PgBouncer: ' +
  'pool_mode = session), or give the address of PostgreSQL itself in DATABASE_URL: Textloom pools its connections already (DATABASE_POOL).';

/** What PgBouncer says to BEGIN where it pools by statement. */
const BY_STATEMENT = /statement pooling/i;

/**
 * Refuses a database behind a pooler that does not keep a connection of PostgreSQL for each of ours: it would work until two nodes
 * migrate at once, or a lane meets another's settings. While one connection is in a transaction, another one must be where it was.
 */
export async function holdToSessions(source: DataSource): Promise<void> {
  const one = source.createQueryRunner();
  const other = source.createQueryRunner();
  try {
    const before = await backendOf(one);
    const beside = await inTransaction(other, async () => {
      const found = await backendOf(other);
      // With a single connection of PostgreSQL the first would now wait for ever.
      return found === before || (await backendOf(one)) !== before ? null : found;
    });
    if (beside === null) throw new Error(SENTENCE);
  } catch (error) {
    throw BY_STATEMENT.test(messageOf(error)) ? new Error(SENTENCE, { cause: error }) : error;
  } finally {
    await one.release();
    await other.release();
  }
}

async function inTransaction<Result>(runner: QueryRunner, work: () => Promise<Result>): Promise<Result> {
  await runner.query('begin');
  try {
    return await work();
  } finally {
    await runner.query('rollback').catch(() => undefined);
  }
}

/** The process of PostgreSQL that answers. */
async function backendOf(runner: QueryRunner): Promise<unknown> {
  const [found]: { pid: number }[] = await runner.query('select pg_backend_pid() as pid');
  return found?.pid;
}
