import type { BootstrapParts, RunningApp } from './bootstrap.ts';
import { Welcome } from './common/welcome.ts';
import { completeSettings, type Settings } from './config.ts';
import { lockDataDir } from './database/data-dir-lock.ts';
import { startEmbeddedPostgres } from './database/embedded/embedded-postgres.ts';
import { keptSecret } from './database/secret.ts';

/**
 * Starts everything the settings ask for: the data folder's lock, the embedded database, the server. The server's code
 * is read while the database starts, and not at all by a second start, which is refused at once.
 */
export async function start(settings: Settings, parts: BootstrapParts = {}): Promise<RunningApp> {
  const secret = settings.secret ?? keptSecret(settings.dataDir);
  if (settings.databaseUrl !== undefined) {
    const { bootstrap } = await import('./bootstrap.ts');
    return await bootstrap(completeSettings(settings, { databaseUrl: settings.databaseUrl, secret }), parts);
  }
  const lock = await lockDataDir(settings.dataDir);
  try {
    const running = await startEmbedded(settings, secret, parts);
    lock.announce(settings.publicUrl ?? running.url);
    return { ...running, close: () => running.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startEmbedded(settings: Settings, secret: string, parts: BootstrapParts): Promise<RunningApp> {
  const code = import('./bootstrap.ts');
  // It is awaited below; until then its failure is nobody's surprise.
  code.catch(() => undefined);
  const database = await startEmbeddedPostgres({
    dataDir: settings.dataDir,
    onDeath: () => parts.log?.error({}, 'The embedded database has died. It is started again.'),
  });
  parts.log?.info({ database: database.pid, adopted: database.adopted }, 'The embedded database runs.');
  try {
    const { bootstrap } = await code;
    const running = await bootstrap(completeSettings(settings, { databaseUrl: database.url, secret }), parts);
    return { ...running, close: () => running.close().finally(database.stop) };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** What a person reads last when the server has started: where it is, and the way in. */
export async function welcome(running: RunningApp, settings: Settings): Promise<string[]> {
  return await running.app.get(Welcome).lines(settings.publicUrl ?? running.url);
}
