import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/migrations/index.ts';
import { cutMonths } from '#server/months/cut-months.ts';
import { MONTHLY_TABLES } from '#server/months/month.ts';

/** A database that only one spec file uses. */
export interface TestDatabase {
  readonly url: string;
  /** Connected, with the entities that were asked for. */
  readonly source: DataSource;
  /** Disconnects and drops the database. */
  close(): Promise<void>;
}

const TEMPLATE = 'textloom_template';
/** Workers of one run take turns at the template. */
const TEMPLATE_LOCK = 41_077;

/**
 * A fresh, migrated database for one spec file: `beforeAll(async () => { database = await createTestDatabase(); })`,
 * `afterAll(() => database.close())`. The schema is made once a run and copied, which takes some 50 ms file by file, and more than twice
 * that through the log.
 */
export async function createTestDatabase(entities?: DataSourceOptions['entities']): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (!rowCount) await createTemplate(admin);
    await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  });
  const url = addressOf(name);
  const source = await createDataSource({ url, entities, migrations }).initialize();
  return {
    url,
    source,
    close: async () => {
      if (source.isInitialized) await source.destroy();
      await withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** An empty database without our schema, for tests of migrations. */
export async function createEmptyDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await withAdmin((admin) => admin.query(`create database ${name}`));
  return {
    url: addressOf(name),
    close: async () => {
      await withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function createTemplate(admin: pg.Client): Promise<void> {
  const half = `${TEMPLATE}_new`;
  await admin.query(`drop database if exists ${half} with (force)`);
  await admin.query(`create database ${half}`);
  const source = await createDataSource({ url: addressOf(half), migrations }).initialize();
  try {
    await migrate(source);
    for (const table of MONTHLY_TABLES)
      await clientTransaction(source, (client) => cutMonths(client, table, Date.now()));
  } finally {
    await source.destroy();
  }
  await admin.query(`alter database ${half} rename to ${TEMPLATE}`);
}

async function withAdmin<Result>(work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
  const admin = new pg.Client({ connectionString: addressOf('postgres') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function addressOf(database: string): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url)
    throw new Error(
      'TEST_DATABASE_URL is not set: run specs through jest, whose global setup starts PostgreSQL.',
    );
  return url.replace(/\/textloom(\?|$)/, `/${database}$1`);
}
