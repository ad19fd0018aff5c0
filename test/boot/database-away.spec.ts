import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import type { RunningApp } from '#server/bootstrap.ts';
import { isDatabaseAway } from '#server/database/database-away.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/database/embedded/embedded-postgres.ts';
import { THROWAWAY_SETTINGS } from '#server/database/embedded/settings.ts';
import { type ApiClient, codeOf, signInAsOwner } from '../support/api-client.ts';
import { startNodeOn } from '../support/server.ts';
import { until } from '../support/until.ts';

const RETRY_AFTER = /^[1-9]\d*$/;

let dataDir: string;
let database: EmbeddedPostgres;
let server: RunningApp;
let owner: ApiClient;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'textloom-away-'));
  database = await startEmbeddedPostgres({ dataDir, settings: THROWAWAY_SETTINGS });
  server = await startNodeOn(database.url, {}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(async () => {
  await server?.close();
  await database?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Every route that the API's own description knows, with an id wherever it wants something. */
async function routes(): Promise<{ method: string; path: string; open: boolean }[]> {
  const { body } = await owner.get('/api/docs-json');
  return Object.entries(body.paths as Record<string, Record<string, { security: unknown[] }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => ({
        method: method.toUpperCase(),
        path: path
          .replace('/in/{gateway}/{key}', '/in/simulated/demo')
          .replace(/\{\w+\}/g, '01900000-0000-7000-8000-000000000001'),
        open: security.length === 0,
      })),
  );
}

test('while the database is away everything says so, and all goes on when it is back', async () => {
  const all = await routes();
  expect(all.length).toBeGreaterThan(80);
  expect((await owner.get('/api/flows')).status).toBe(200);
  const page = io(server.url, {
    transports: ['websocket'],
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    autoConnect: false,
    extraHeaders: { cookie: owner.cookie ?? '' },
  });
  const refusals: Error[] = [];
  page.on('connect_error', (error) => void refusals.push(error));

  await database.stop();
  const met = new Set<string>();
  for (const { method, path, open } of all) {
    const answer = await owner.call(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
    const [status, code] = codeOf(answer);
    if (open && status < 500) continue;
    expect([method, path, status, code]).toEqual([method, path, 503, expect.any(String)]);
    expect(answer.headers.get('retry-after')).toMatch(RETRY_AFTER);
    met.add(`${code}`);
  }
  expect([...met].sort()).toEqual(['inbound.database', 'server.database-unreachable']);
  const comesAgain = new Promise((resolve) => page.io.once('reconnect_attempt', resolve));
  page.connect();
  await comesAgain;
  expect(page.connected).toBe(false);

  database = await startEmbeddedPostgres({ dataDir, settings: THROWAWAY_SETTINGS });
  await until(async () => (await owner.get('/api/flows')).status === 200);
  await until(() => page.connected);
  expect(refusals.filter(({ message }) => message !== 'websocket error')).toEqual([]);
  page.disconnect();
});

test('what else fails is not taken for it', () => {
  const error = (fields: object) => Object.assign(new Error('x'), fields);
  expect(isDatabaseAway(error({ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1' }))).toBe(
    true,
  );
  expect(isDatabaseAway(error({ code: 'ENOENT', syscall: 'connect', address: '/run/.s.PGSQL.5432' }))).toBe(
    true,
  );
  expect(isDatabaseAway(error({ code: 'ENOENT', syscall: 'open', path: '/etc/nothing' }))).toBe(false);
  expect(isDatabaseAway(error({ code: '23505' }))).toBe(false);
});
