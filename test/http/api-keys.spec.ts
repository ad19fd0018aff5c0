import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer({ clientFolder: 'no client' }, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

const make = async (role: string, by = owner): Promise<{ id: string; key: string }> =>
  (await by.post('/api/api-keys', { name: `For ${role}s`, role })).body;
const withKey = (key: string, method: string, path: string, body?: unknown) =>
  new ApiClient(server.url).call(method, path, body, { authorization: `Bearer ${key}` });

test('a key does the work of its role, and no more', async () => {
  const { key } = await make('agent');
  expect(key).toMatch(/^tl_[\w-]{43}$/);
  const { body } = await withKey(key, 'GET', '/api/flows');
  const started = await withKey(key, 'POST', `/api/flows/${body.items[0].id}/start`, {
    phone: '+447700900123',
  });
  expect(started.status).toBe(200);
  const other = await withKey(key, 'GET', '/api/api-keys');
  expect([other.status, other.body.error.code]).toEqual([403, 'session.not-allowed']);
});

test('cannot become the person who made it', async () => {
  const { key } = await make('owner');
  const mine = await withKey(key, 'PATCH', '/api/session/person', { email: 'thief@example.com' });
  expect([mine.status, mine.body.error.code]).toEqual([403, 'session.in-person']);
  expect((await withKey(key, 'DELETE', '/api/session')).status).toBe(403);
});

test('is told once, seen by how it begins, and known by when it was used', async () => {
  const { id, key } = await make('analyst');
  const find = async () =>
    (await owner.get('/api/api-keys')).body.find((one: { id: string }) => one.id === id);
  expect(await find()).toMatchObject({ name: 'For analysts', hint: key.slice(0, 7), usedAt: null });
  await withKey(key, 'GET', '/api/session');
  expect((await find()).usedAt).toEqual(expect.any(String));
  expect(JSON.stringify((await owner.get('/api/api-keys')).body)).not.toContain(key.slice(7));
  const [{ count }] = await server.database.source.query(
    'select count(*)::int as count from api_keys where encode(token_hash, $2) like $1 or hint = $1',
    [key, 'escape'],
  );
  expect(count).toBe(0);
});

test('does what the README says, word for word', async () => {
  const { key } = await make('agent');
  const flow = (await owner.get('/api/flows?search=JOIN')).body.items[0].id;
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = [
    ...readme.matchAll(/^curl localhost:3000(\/api\S+)([^']*?)-H 'idempotency-key: (\S+)'[^{]*-d '(.+)'$/gm),
  ];
  expect(lines).toHaveLength(2);
  const outcomes = [];
  for (const [, path = '', , idempotencyKey = '', body = ''] of lines) {
    const answer = await new ApiClient(server.url).call('POST', path.replace('$FLOW', flow), body, {
      authorization: `Bearer ${key}`,
      'idempotency-key': idempotencyKey,
    });
    outcomes.push([answer.status, answer.body.outcome]);
  }
  expect(outcomes).toEqual([
    [200, expect.stringMatching(/^(started|held-back)$/)],
    [200, 'sent'],
  ]);
});

test('taken back, wrong or of somebody who may no longer, it opens nothing', async () => {
  const { id, key } = await make('owner');
  expect((await owner.delete(`/api/api-keys/${id}`)).status).toBe(204);
  expect((await owner.delete(`/api/api-keys/${id}`)).status).toBe(404);
  const forged = [`Bearer ${key}`, 'Bearer tl_x', 'Bearer', 'Basic eDp5', ''];
  for (const authorization of forged) {
    const answer = await owner.call('GET', '/api/flows', undefined, { authorization });
    // A cookie does not make up for it.
    expect([authorization, answer.status]).toEqual([authorization, 401]);
  }
  const { body } = await owner.post('/api/people', { name: 'Bo', email: 'bo@example.com', role: 'owner' });
  const bo = await signInByLink(server.url, body.link);
  const theirs = await make('owner', bo);
  expect((await withKey(theirs.key, 'GET', '/api/flows')).status).toBe(200);
  await server.database.source.query(`update people set role = 'analyst' where name = 'Bo'`);
  expect((await withKey(theirs.key, 'GET', '/api/flows')).status).toBe(401);
});
