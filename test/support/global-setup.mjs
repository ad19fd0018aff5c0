import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './ts-loader.mjs';

const PREFIX = 'textloom-test-';

/** Starts the one real PostgreSQL of this run, in a folder of its own that is thrown away afterwards. */
export default async function globalSetup() {
  const { startEmbeddedPostgres } = await import('../../server/database/embedded/embedded-postgres.ts');
  const { THROWAWAY_SETTINGS } = await import('../../server/database/embedded/settings.ts');
  await clearLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const database = await startEmbeddedPostgres({ dataDir, settings: THROWAWAY_SETTINGS });
  process.env.TEST_DATABASE_URL = database.url;
  globalThis.stopTestDatabase = async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Removes what runs that were killed left behind, with the databases that still run in there. */
async function clearLeftovers() {
  const { isAlive, isPostgres, readPostmaster } = await import(
    '../../server/database/embedded/postmaster.ts'
  );
  const { stopServer } = await import('../../server/database/embedded/server-process.ts');
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (!owner || isAlive(owner)) continue;
    const folder = join(tmpdir(), name, 'postgres');
    try {
      const left = readPostmaster(folder);
      if (left && isPostgres(left.pid)) await stopServer(folder, left.pid);
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: not ours to clear.
    }
  }
}
