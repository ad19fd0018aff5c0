import { type BootstrapParts, bootstrap, type RunningApp } from './bootstrap.ts';
import { Welcome } from './common/welcome.ts';
import { completeSettings, type Settings } from './config.ts';
import { lockDataDir } from './database/data-dir-lock.ts';
import { startEmbeddedPostgres } from './database/embedded/embedded-postgres.ts';
import { keptSecret } from './database/secret.ts';

/** Starts everything the settings ask for: the data folder's lock, the embedded database, the server. */
export async function start(settings: Settings, parts: BootstrapParts = {}): Promise<RunningApp> {
  const secret = settings.secret ?? keptSecret(settings.dataDir);
  if (settings.databaseUrl !== undefined) {
    return await bootstrap(completeSettings(settings, { databaseUrl: settings.databaseUrl, secret }), parts);
  }
  const lock = await lockDataDir(settings.dataDir);
  try {
    const database = await startEmbeddedPostgres({ dataDir: settings.dataDir });
    parts.log?.info({ pid: database.pid, adopted: database.adopted }, 'The embedded database runs.');
    try {
      const running = await bootstrap(
        completeSettings(settings, { databaseUrl: database.url, secret }),
        parts,
      );
      lock.announce(settings.publicUrl ?? running.url);
      return { ...running, close: () => running.close().finally(database.stop).finally(lock.release) };
    } catch (error) {
      await database.stop();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** What a person reads last when the server has started: where it is, and the way in. */
export async function welcome(running: RunningApp, settings: Settings): Promise<string[]> {
  return await running.app.get(Welcome).lines(settings.publicUrl ?? running.url);
}
