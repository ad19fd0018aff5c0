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
  try {
    const running = await startNodeOn(database.url, parts, env);
    return { ...running, database, close: () => running.close().finally(database.close) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A further node on the database of a server; its end leaves the database to the first. */
export async function startNodeBeside(
  { database }: TestServer,
  parts: BootstrapParts = {},
  env: Record<string, string> = {},
): Promise<TestServer> {
  return { ...(await startNodeOn(database.url, parts, env)), database };
}

/** A node on a database that somebody else made, and clears away. */
export async function startNodeOn(
  databaseUrl: string,
  parts: BootstrapParts = {},
  env: Record<string, string> = {},
): Promise<RunningApp> {
  const settings = readSettings({ NODE_ENV: 'test', PORT: '0', DEMO: 'off', ...env });
  const secret = 'a secret that only tests know, long enough';
  const config = completeSettings(settings, { databaseUrl, secret });
  return await bootstrap(config, { log: createLog(logLevel()), ...parts });
}

function logLevel() {
  return readSettings({ LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent' }).logLevel;
}
