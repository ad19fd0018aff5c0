import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { codeOf } from '../common/errors.ts';
import { newId } from '../common/ids.ts';
import { createDataSource } from '../database/data-source.ts';
import { migrate } from '../database/migrate.ts';
import { migrations as known } from '../migrations/index.ts';
import { layParts } from '../months/lay-parts.ts';
import { MONTHLY_TABLES } from '../months/month.ts';
import { type BackedUpTable, fileOf, MANIFEST, type Manifest, manifestSchema } from './manifest.ts';
import { advanceSequences, quoted, readTables, withoutForeignKeys } from './tables.ts';

/** What a folder says that it holds. Throws a sentence when it is no backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new Error(`${folder} is no backup, or one that was broken off: it has no ${MANIFEST}.`);
  });
  return manifestSchema.parse(JSON.parse(text));
}

export interface RestoreOptions {
  /** When all sending is stopped, as by the switch in the top bar: what was queued then may have been sent, or stopped, since. */
  readonly stopSendingAt?: Date;
}

/**
 * Fills an empty database from a backup: its schema is brought to where the backup's was, then every row comes back in one
 * transaction, each table held against its count and its hash. The next start brings the schema up to date.
 */
export async function restore(
  databaseUrl: string,
  folder: string,
  options: RestoreOptions = {},
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await makeSchema(databaseUrl, manifest.migrations);
  try {
    await fill(databaseUrl, manifest, folder, options);
    return manifest;
  } catch (error) {
    await emptyAgain(databaseUrl);
    throw error;
  }
}

/** All rows in one transaction. */
async function fill(
  databaseUrl: string,
  manifest: Manifest,
  folder: string,
  { stopSendingAt }: RestoreOptions,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'textloom restore' });
  await client.connect();
  try {
    await client.query('begin');
    const present = new Set((await readTables(client)).map(({ name }) => name));
    const strange = manifest.tables.filter(({ name }) => !present.has(name));
    if (strange.length > 0)
      throw new Error(`This Textloom has no table for ${strange.map(({ name }) => name).join(', ')}.`);
    for (const table of MONTHLY_TABLES) {
      const bounds = manifest.months?.[table];
      if (bounds) await layParts(client, table, bounds);
    }
    await withoutForeignKeys(client, async () => {
      for (const table of manifest.tables) await copyIn(client, table, folder);
    });
    await advanceSequences(client);
    if (stopSendingAt) await stopSending(client, stopSendingAt);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Turns the switch of every workspace, and has its history say by what. Backups from before it said so get the column at once. */
async function stopSending(client: pg.Client, at: Date): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'update workspaces set sending_stopped = true where not sending_stopped returning id',
  );
  const { rows: history } = await client.query(`select 1 where to_regclass('sending_switches') is not null`);
  if (history.length === 0) return;
  await client.query('alter table sending_switches add column if not exists command text');
  for (const { id } of rows)
    await client.query(
      `insert into sending_switches (workspace_id, id, stopped, at, command) values ($1, $2, true, $3, 'restore')`,
      [id, newId(at.getTime()), at],
    );
}

/** What was made for a backup that then could not be read goes again, so that a better one finds the database empty. */
async function emptyAgain(url: string): Promise<void> {
  const source = await createDataSource({ url }).initialize();
  await source.query('drop schema public cascade').finally(() => source.query('create schema public'));
  await source.destroy();
}

async function makeSchema(url: string, names: readonly string[]): Promise<void> {
  const through = known.filter((migration) => names.includes(new migration().name ?? ''));
  if (through.length < names.length)
    throw new Error('This backup was made by a newer Textloom. Restore it with that version or a later one.');
  const source = await createDataSource({ url, migrations: through }).initialize();
  try {
    const [found]: { tables: number }[] = await source.query(
      `select count(*)::int as tables from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    if (found?.tables !== 0)
      throw new Error(
        'The database is not empty. A backup is restored into an empty one, so that nothing is mixed up.',
      );
    await migrate(source);
  } finally {
    await source.destroy();
  }
}

async function copyIn(client: pg.Client, table: BackedUpTable, folder: string): Promise<void> {
  const { name, columns } = table;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // What a migration put there, or a trigger made of an earlier table, is in the backup as well.
  await client.query(`alter table ${quoted(name)} disable trigger user`);
  await client.query(`delete from ${quoted(name)}`);
  const rows = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  await pipeline(createReadStream(join(folder, fileOf(name))), createGunzip(), hashing, rows).catch(
    (error: unknown) => {
      throw DAMAGED.test(codeOf(error) ?? '') ? damaged(name, error) : error;
    },
  );
  await client.query(`alter table ${quoted(name)} enable trigger user`);
  if (rows.rowCount !== table.rows || hash.digest('hex') !== table.sha256) throw damaged(name);
}

/** What reading a file ends with that is missing, cut short, or not what was packed; and PostgreSQL's classes for bad data. */
const DAMAGED = /^(ENOENT$|Z_|2[23])/;

const damaged = (table: string, cause?: unknown): Error =>
  new Error(`The backup is damaged: ${fileOf(table)} is not what was written. Nothing was restored.`, {
    cause,
  });
