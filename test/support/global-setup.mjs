import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import './ts-loader.mjs';

const PREFIX = 'textloom-test-';
/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** So many bytes have to be free there, and twice as many of memory itself; the database takes less than half. */
const ROOM = 4 * 1024 ** 3;
/** Bounds what the log of the database takes. */
const SHORT_LOG = { min_wal_size: '256MB', max_wal_size: '1GB' };

/** Starts the one real PostgreSQL of this run, in a folder of its own that is thrown away afterwards. */
export default async function globalSetup() {
  const { startEmbeddedPostgres } = await import('../../server/database/embedded/embedded-postgres.ts');
  const { THROWAWAY_SETTINGS } = await import('../../server/database/embedded/settings.ts');
  await clearLeftovers();
  const dataDir = mkdtempSync(join(roomiest(), `${PREFIX}${process.pid}-`));
  const settings = { ...THROWAWAY_SETTINGS, ...SHORT_LOG };
  const database = await startEmbeddedPostgres({ dataDir, settings });
  process.env.TEST_DATABASE_URL = database.url;
  globalThis.stopTestDatabase = async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Memory, where there is plenty: seven hundred files are copied for each suite, which takes a disk a quarter of a second, and memory nothing. */
function roomiest() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize >= ROOM && freemem() >= 2 * ROOM) return IN_MEMORY;
  } catch {
    // Not on Linux.
  }
  return tmpdir();
}

/** Removes what runs that were killed left behind, with the databases that still run in there. */
async function clearLeftovers() {
  const { isAlive, isPostgres, readPostmaster } = await import(
    '../../server/database/embedded/postmaster.ts'
  );
  const { stopServer } = await import('../../server/database/embedded/server-process.ts');
  const places = [tmpdir(), IN_MEMORY].filter((place) => existsSync(place));
  for (const path of places.flatMap((place) => readdirSync(place).map((name) => join(place, name)))) {
    const name = basename(path);
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (!owner || isAlive(owner)) continue;
    const folder = join(path, 'postgres');
    try {
      const left = readPostmaster(folder);
      if (left && isPostgres(left.pid)) await stopServer(folder, left.pid);
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another user's: not ours to clear.
    }
  }
}
