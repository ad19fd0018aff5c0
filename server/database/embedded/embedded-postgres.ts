import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { type Binaries, findBinaries } from './binaries.ts';
import { clusterPassword, DATABASE_NAME, ensureCluster } from './cluster.ts';
import { addressOf, ensureDatabase } from './connection.ts';
import { findDatabaseUser } from './database-user.ts';
import { keepRunning } from './keep-running.ts';
import { findOrphan, launch } from './launch.ts';
import { isPostgres, readPostmaster } from './postmaster.ts';
import { type ServerPlan, signal, stopServer } from './server-process.ts';
import { tunedSettings } from './settings.ts';
import { makeSocketFolder } from './socket-folder.ts';

/** A running embedded database. It is started again when it dies, under the same address. */
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
  /** Told when the database has died and is being started again. */
  readonly onDeath?: () => void;
}

/** Where a server listens: an empty socket folder means TCP on loopback. */
type Door = Pick<ServerPlan, 'port'> & { readonly socketFolder: string };

/** Any fixed number: it only names the socket file. */
const SOCKET_PORT = 5432;

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
  const planFor = (door: Door): ServerPlan => ({
    folder,
    logFile: join(dataDir, 'postgres.log'),
    user,
    port: door.port,
    settings: { ...settings, cluster_name: name, ...doorSettings(door) },
  });

  const orphan = await findOrphan(folder, name, password);
  if (!orphan) await ensureCluster(folder, user, password);
  const tcp = (options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket')) === 'tcp';
  const door = orphan ?? {
    port: tcp ? await freePort() : SOCKET_PORT,
    socketFolder: tcp ? '' : makeSocketFolder(dataDir, user.owner),
  };
  const running = orphan ?? (await launch(planFor(door), password));
  await ensureDatabase(running, password);

  const kept = keepRunning(running.pid, async () => {
    options.onDeath?.();
    return (await launch(planFor(door), password)).pid;
  });
  const stopAtExit = () => signal(kept.pid(), 'SIGINT');
  process.once('exit', stopAtExit);
  return {
    url: addressOf(door, password, DATABASE_NAME),
    pid: running.pid,
    adopted: orphan !== undefined,
    stop: async () => {
      await kept.release();
      await stopServer(folder, kept.pid());
      process.off('exit', stopAtExit);
    },
  };
}

/** The address of the database that a running app has started in this folder; undefined when none runs. */
export function runningDatabase(dataDir: string): string | undefined {
  const found = readPostmaster(join(resolve(dataDir), 'postgres'));
  if (!found || !isPostgres(found.pid)) return undefined;
  return addressOf(found, clusterPassword(resolve(dataDir)), DATABASE_NAME);
}

function doorSettings({ socketFolder }: Door): Record<string, string> {
  return {
    listen_addresses: socketFolder ? '' : '127.0.0.1',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  };
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
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
