import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ApiClient, codeOf, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server?.close());

test('a search that does not end in time is given up, and says how to search instead', async () => {
  expect((await owner.post('/api/contests', { key: 'spring', name: 'Spring' })).status).toBe(204);
  // Whoever has to read the contacts waits for ever.
  const held = server.database.source.createQueryRunner();
  await held.startTransaction();
  await held.query('lock table contacts in access exclusive mode');
  const searches = {
    '/api/messages?search=ada': 'messages.search-too-wide',
    '/api/runs?search=ada': 'runs.search-too-wide',
    '/api/runs?status=parked': 'runs.search-too-wide',
    '/api/contacts?search=ada': 'contacts.search-too-wide',
    '/api/inbox?search=ada': 'inbox.search-too-wide',
    '/api/contests/spring/entries?search=ada': 'entries.search-too-wide',
  };
  try {
    const told = await Promise.all(Object.keys(searches).map((path) => owner.get(path)));
    expect(told.map(codeOf)).toEqual(Object.values(searches).map((code) => [422, code]));
  } finally {
    await held.rollbackTransaction();
    await held.release();
  }
  for (const path of Object.keys(searches))
    expect([path, (await owner.get(path)).status]).toEqual([path, 200]);
}, 30_000);
