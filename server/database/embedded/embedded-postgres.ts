import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { clusterPassword, DATABASE_NAME, ensureCluster } from './cluster.ts';
import { findDatabaseUser } from './database-user.ts';
import { isPostgres, type Postmaster, readPostmaster } from './postmaster.ts';
import { lastWords, type ServerPlan, signal, spawnServer, stopServer } from './server-process.ts';
import { tunedSettings } from './settings.ts';
import { makeSocketFolder } from './socket-folder.ts';

/** A running embedded database. */
export interface EmbeddedPostgres {
  /** What a client connects with. */
  readonly url: string;
  readonly pid: number;
  /** Whether it was still running from an earlier start of the app, whose end it survived. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Holds the folder `postgres`, its log and its socket. Made when it is not there. */
  readonly dataDir: string;
  /** Settings that differ from the tuned ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `socket` unless the system has none (Windows). */
  readonly transport?: 'socket' | 'tcp';
}

/** Any fixed number: it only names the socket file. */
const SOCKET_PORT = 5432;
/** How long old processes of a killed server may take to leave, in ms. */
const PATIENCE = 15_000;
/** What a server says that has to wait for the leftovers of an earlier one. */
const LEFTOVERS =
  /pre-existing shared memory block|lock file "postmaster.pid" already exists|is another postmaster/i;

/**
 * Starts the PostgreSQL that npm brought, or takes over the one that is already running on this folder, and makes sure
 * that its database is there. The caller holds the folder's lock. Throws a sentence fit for people.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const folder = join(dataDir, 'postgres');
  const user = findDatabaseUser(findBinaries(), folder);
  const password = clusterPassword(dataDir);
  const settings = { ...tunedSettings(), ...options.settings };
  const name = clusterName(user.binaries, settings);
  const running = await findOrphan(folder, name, password);
  if (running) return await handle(running, folder, password, true);
  await ensureCluster(folder, user, password);

  const transport = options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket');
  const plan: ServerPlan = {
    folder,
    logFile: join(dataDir, 'postgres.log'),
    user,
    port: transport === 'tcp' ? await freePort() : SOCKET_PORT,
    settings: {
      ...settings,
      cluster_name: name,
      listen_addresses: transport === 'tcp' ? '127.0.0.1' : '',
      unix_socket_directories: transport === 'tcp' ? '' : makeSocketFolder(dataDir, user.owner),
      unix_socket_permissions: '0700',
    },
  };
  return await handle(await launch(plan, password), folder, password, false);
}

/** The address of the database that a running app has started in this folder; undefined when none runs. */
export function runningDatabase(dataDir: string): string | undefined {
  const found = readPostmaster(join(resolve(dataDir), 'postgres'));
  if (!found || !isPostgres(found.pid)) return undefined;
  return addressOf(found, clusterPassword(resolve(dataDir)), DATABASE_NAME);
}

/** Starts a server and waits until it answers; tries again while what an earlier one left behind is in the way. */
async function launch(plan: ServerPlan, password: string): Promise<Postmaster> {
  for (let tried = 0; ; tried += 300) {
    const child = spawnServer(plan);
    if (await isReady(child, plan, password)) {
      const postmaster = readPostmaster(plan.folder);
      if (postmaster) return postmaster;
    }
    const words = lastWords(plan.logFile);
    if (!LEFTOVERS.test(words) || tried >= PATIENCE) {
      throw new Error(`The embedded database did not start. The end of ${plan.logFile}:\n${words}`);
    }
    await sleep(300);
  }
}

/** Waits for the first answer, however long recovery after a power cut takes; false when the process ends instead. */
async function isReady(child: ChildProcess, plan: ServerPlan, password: string): Promise<boolean> {
  for (;;) {
    const found = readPostmaster(plan.folder);
    if (found && found.pid === child.pid && (await clusterNameOf(found, password)) !== undefined) return true;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return false;
    await sleep(15);
  }
}

/**
 * A server that survived the app which started it. One of another version or with other settings is stopped, so that
 * ours follows; a lock file whose process is another program's is removed.
 */
async function findOrphan(folder: string, name: string, password: string): Promise<Postmaster | undefined> {
  const found = readPostmaster(folder);
  if (!found) return undefined;
  for (let waited = 0; isPostgres(found.pid) && waited < PATIENCE; waited += 200) {
    const theirs = await clusterNameOf(found, password);
    if (theirs === name) return found;
    if (theirs !== undefined) {
      await stopServer(folder, found.pid);
      return undefined;
    }
    await sleep(200);
  }
  if (isPostgres(found.pid)) await stopServer(folder, found.pid);
  else rmSync(join(folder, 'postmaster.pid'), { force: true });
  return undefined;
}

async function handle(
  found: Postmaster,
  folder: string,
  password: string,
  adopted: boolean,
): Promise<EmbeddedPostgres> {
  await ensureDatabase(found, password);
  const stopAtExit = () => signal(found.pid, 'SIGINT');
  process.once('exit', stopAtExit);
  return {
    url: addressOf(found, password, DATABASE_NAME),
    pid: found.pid,
    adopted,
    stop: async () => {
      await stopServer(folder, found.pid);
      process.off('exit', stopAtExit);
    },
  };
}

async function ensureDatabase(found: Postmaster, password: string): Promise<void> {
  await withClient(addressOf(found, password, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
    if (!rowCount) await client.query(`create database ${DATABASE_NAME}`);
  });
}

/** Asks a server who it is; undefined while it does not answer. */
async function clusterNameOf(found: Postmaster, password: string): Promise<string | undefined> {
  try {
    return await withClient(addressOf(found, password, 'postgres'), async (client) => {
      const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
      return rows[0]?.cluster_name;
    });
  } catch {
    return undefined;
  }
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function addressOf(found: Postmaster, password: string, database: string): string {
  if (!found.socketFolder)
    return `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${found.port}/${database}`;
  return `postgres://${DATABASE_NAME}@localhost:${found.port}/${database}?host=${encodeURIComponent(found.socketFolder)}`;
}

/** Says which programs and settings a server runs with, so that a later start knows whether it may stay. */
function clusterName(binaries: Binaries, settings: Readonly<Record<string, string>>): string {
  const print = createHash('sha256')
    .update(JSON.stringify([binaries.version, settings]))
    .digest('hex');
  return `textloom-${print.slice(0, 16)}`;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('No free port.')),
      );
    });
  });
}
