import { type BootstrapParts, bootstrap, type RunningApp } from '#server/bootstrap.ts';
import { createLog } from '#server/common/log.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** The whole server on a database of its own. */
export interface TestServer extends RunningApp {
  readonly database: TestDatabase;
}

/**
 * Starts everything a user would meet, on a free port. `parts` replaces the clock, say; `env` says what the environment
 * says. Logs are silent unless TEST_LOG_LEVEL asks for them.
 */
export async function startTestServer(
  parts: BootstrapParts = {},
  env: Record<string, string> = {},
): Promise<TestServer> {
  const database = await createTestDatabase();
  const settings = readSettings({ NODE_ENV: 'test', PORT: '0', DEMO: 'off', ...env });
  const config = completeSettings(settings, {
    databaseUrl: database.url,
    secret: 'a secret that only tests know, long enough',
  });
  try {
    const running = await bootstrap(config, { log: createLog(logLevel()), ...parts });
    return { ...running, database, close: () => running.close().finally(database.close) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function logLevel() {
  return readSettings({ LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent' }).logLevel;
}
