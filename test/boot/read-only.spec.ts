import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startNodeBeside, startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** What a failover leaves behind: a server that answers, and only reads. */
async function onlyReads(
  setting: 'set default_transaction_read_only = on' | 'reset default_transaction_read_only',
) {
  const { source } = server.database;
  await source.query(
    `do $$ begin execute format('alter database %I ${setting}', current_database()); end $$`,
  );
  await source
    .query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    .catch(() => undefined);
}

const health = async (): Promise<number> => (await fetch(`${server.url}/health`)).status;
const isUp = async (): Promise<string | undefined> =>
  /^textloom_database_up (\d)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];

test('a node whose database only reads says that it cannot work, none starts there, and all goes on with a primary', async () => {
  expect([await health(), await isUp()]).toEqual([200, '1']);
  await onlyReads('set default_transaction_read_only = on');
  await until(async () => (await health()) === 503);
  await until(async () => (await isUp()) === '0', 100);
  await expect(startNodeBeside(server)).rejects.toMatchObject({ code: '25006' });
  await server.database.source.query('set default_transaction_read_only = off');
  await onlyReads('reset default_transaction_read_only');
  await until(async () => (await health()) === 200);
  await until(async () => (await isUp()) === '1', 100);
}, 30_000);
