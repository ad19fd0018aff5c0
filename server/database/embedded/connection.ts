import pg from 'pg';
import { DATABASE_NAME } from './cluster.ts';
import type { Postmaster } from './postmaster.ts';

/** What a client connects to a running server with. */
export function addressOf(
  found: Pick<Postmaster, 'port' | 'socketFolder'>,
  password: string,
  database: string,
): string {
  if (!found.socketFolder)
    return `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${found.port}/${database}`;
  return `postgres://${DATABASE_NAME}@localhost:${found.port}/${database}?host=${encodeURIComponent(found.socketFolder)}`;
}

/** Makes the app's database where there is none. */
export async function ensureDatabase(found: Postmaster, password: string): Promise<void> {
  await withClient(addressOf(found, password, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
    if (!rowCount) await client.query(`create database ${DATABASE_NAME}`);
  });
}

/** Asks a server who it is; undefined while it does not answer. */
export async function clusterNameOf(found: Postmaster, password: string): Promise<string | undefined> {
  try {
    return await withClient(addressOf(found, password, 'postgres'), async (client) => {
      const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
      return rows[0]?.cluster_name;
    });
  } catch {
    return undefined;
  }
}

/** A machine that is busy, or a database that just came back, may take its time. */
const PATIENCE_MS = 30_000;

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
