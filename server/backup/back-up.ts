import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type BackedUpTable, fileOf, MANIFEST, type Manifest, SECRET_FILE } from './manifest.ts';
import { MONTHLY_TABLES } from '../months/month.ts';
import { readParts } from '../months/parts.ts';
import { quoted, readTables, type Table } from './tables.ts';

export interface BackupParts {
  readonly databaseUrl: string;
  /** Made when it is not there; must be empty. */
  readonly folder: string;
  /** Kept beside the rows: without it their hashes mean nothing. Left out where somebody else keeps it. */
  readonly secret?: string;
  readonly now: Date;
}

/**
 * Copies the whole database into a folder while the server works: one read-only snapshot, table after table, in COPY's text
 * format, which any PostgreSQL of any later version reads. Throws a sentence; what it leaves then has no manifest and is no backup.
 */
export async function backUp({ databaseUrl, folder, secret, now }: BackupParts): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new Error(`${folder} is not empty. Name a folder of its own.`);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'textloom backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const migrations = await client.query<{ name: string }>('select name from migrations order by id');
    const tables: BackedUpTable[] = [];
    for (const table of await readTables(client)) {
      if (table.name !== 'migrations') tables.push(await copyOut(client, table, folder));
    }
    const months = await boundsOf(client);
    await client.query('commit');
    if (secret !== undefined) await writeFile(join(folder, SECRET_FILE), secret, { mode: 0o600 });
    const manifest: Manifest = {
      format: 1,
      takenAt: now.toISOString(),
      migrations: migrations.rows.map(({ name }) => name),
      tables,
      months,
    };
    await writeSurely(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    await client.end();
  }
}

/** At which ids the parts of the monthly tables meet. */
async function boundsOf(client: pg.Client): Promise<Manifest['months']> {
  const bounds: Manifest['months'] = {};
  for (const table of MONTHLY_TABLES) {
    const parts = await readParts(client, table);
    if (parts.length > 0) bounds[table] = parts.flatMap(({ from }) => from ?? []);
  }
  return bounds;
}

async function copyOut(client: pg.Client, { name, columns }: Table, folder: string): Promise<BackedUpTable> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // A query, not the table itself: a partitioned table is copied with all its parts.
  const rows = client.query(
    copyTo(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`),
  );
  const file = join(folder, fileOf(name));
  await pipeline(
    rows,
    hashing,
    createGzip({ level: 4 }),
    createWriteStream(file, { mode: 0o600, flush: true }),
  );
  return { name, columns, rows: rows.rowCount, sha256: hash.digest('hex') };
}

/** Not before it is on the disk does a backup count as one. */
async function writeSurely(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o600);
}
