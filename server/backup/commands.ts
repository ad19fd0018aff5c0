import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from '../config.ts';
import { hasCluster } from '../database/embedded/cluster.ts';
import { lockDataDir } from '../database/data-dir-lock.ts';
import { runningDatabase, startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import { keptSecret } from '../database/secret.ts';
import { backUp } from './back-up.ts';
import { type Manifest, SECRET_FILE } from './manifest.ts';
import { readManifest, restore } from './restore.ts';

const OPTIONS = { 'stop-sending': { type: 'boolean', default: false } } as const;

/** `backup <folder>`: beside a running server, or on a data folder that nobody uses. Returns what to tell the person. */
export async function backupCommand(
  settings: Settings,
  folder: string | undefined,
  now: Date,
): Promise<string> {
  if (folder === undefined) throw new Error('Say where to: npm run textloom -- backup <new folder>');
  if (settings.databaseUrl === undefined && !hasCluster(settings.dataDir)) {
    throw new Error(
      `There is no data in ${settings.dataDir}: say where it is with DATA_DIR or DATABASE_URL.`,
    );
  }
  const secret = settings.secret === undefined ? keptSecret(settings.dataDir) : undefined;
  const manifest = await onDatabase(settings, (databaseUrl) =>
    backUp({ databaseUrl, folder: resolve(folder), ...(secret !== undefined && { secret }), now }),
  );
  const kept =
    secret === undefined
      ? 'The secret is not in it, because it comes from SECRET: keep that as well.'
      : 'The secret is in it: keep it where nobody else reads it.';
  return `Backed up ${counted(manifest)} to ${resolve(folder)}. ${kept}`;
}

/**
 * `restore <folder> [--stop-sending]`: into an empty database, or a data folder without one, while no server runs there. With the option,
 * sending is stopped before anything can be sent, in every workspace, and the history of that switch says so.
 */
export async function restoreCommand(
  settings: Settings,
  args: readonly string[],
  now: Date,
): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [folder] = positionals;
  const stopSending = values['stop-sending'];
  if (folder === undefined)
    throw new Error('Say where from: npm run textloom -- restore <folder> [--stop-sending]');
  const from = resolve(folder);
  await readManifest(from);
  if (settings.secret === undefined) await bringSecret(settings.dataDir, from);
  const manifest = await onDatabase(settings, (databaseUrl) =>
    restore(databaseUrl, from, stopSending ? { stopSendingAt: now } : {}),
  );
  const held = stopSending ? ' All sending is stopped until somebody lets it go, in the top bar.' : '';
  return `Restored ${counted(manifest)}, as it was at ${manifest.takenAt}. Start Textloom now.${held}`;
}

const counted = ({ tables }: Manifest): string =>
  `${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${tables.length} tables`;

/** Gives `work` the database: one's own, the embedded one of a running server, or one started for the purpose. */
async function onDatabase<Result>(
  { databaseUrl, dataDir }: Settings,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const url = databaseUrl ?? runningDatabase(dataDir);
  if (url !== undefined) return await work(url);
  const lock = await lockDataDir(dataDir);
  try {
    const database = await startEmbeddedPostgres({ dataDir });
    return await work(database.url).finally(() => database.stop());
  } finally {
    lock.release();
  }
}

/** The backup's secret becomes the data folder's. One that is there already and differs belongs to other data. */
async function bringSecret(dataDir: string, folder: string): Promise<void> {
  const kept = join(folder, SECRET_FILE);
  if (!existsSync(kept)) {
    throw new Error('The secret is not in this backup: give the one that the server had, in SECRET.');
  }
  const secret = readFileSync(kept, 'utf8');
  const own = join(dataDir, 'secret');
  if (existsSync(own) && readFileSync(own, 'utf8').trim() !== secret.trim()) {
    throw new Error(
      `${dataDir} has another secret, of other data. Restore into a new folder: DATA_DIR=… npm run textloom -- restore …`,
    );
  }
  if (existsSync(own)) return;
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  await writeFile(own, secret, { mode: 0o600 });
}
