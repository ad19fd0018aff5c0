import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, LiveBeat, ServerEvents } from '#shared/api/live.ts';
import { ApiClient, signInAsOwner, signInByLink } from '../support/api-client.ts';
import { startNodeBeside, startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

type Page = Socket<ServerEvents, ClientEvents>;

/** Two whole servers on one database; neither knows that the other is there. */
let a: TestServer;
let b: TestServer;
let onA: ApiClient;
let onB: ApiClient;
const pages: Page[] = [];

beforeAll(async () => {
  a = await startTestServer({}, { DEMO: 'on' });
  b = await startNodeBeside(a);
  onA = await signInAsOwner(a);
  onB = new ApiClient(b.url, onA.cookie);
});
afterAll(async () => {
  for (const page of pages) page.disconnect();
  await b.close();
  await a.close();
});

async function open(node: TestServer, cookie: string | null): Promise<Page> {
  const page: Page = io(node.url, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: cookie === null ? {} : { cookie },
  });
  pages.push(page);
  await new Promise<void>((done, fail) => {
    page.once('connect', done);
    page.once('connect_error', fail);
  });
  return page;
}

const text = (node: TestServer, words: string, from = '+447700900001') =>
  new ApiClient(node.url).post('/in/simulated/demo', { from, to: '12345', text: words });

describe('two nodes on one database', () => {
  test('know the same sessions', async () => {
    expect((await onA.get('/api/session')).status).toBe(200);
    expect((await onB.get('/api/session')).body).toEqual((await onA.get('/api/session')).body);
  });

  test('decide by a version as soon as either has published it', async () => {
    const { items } = (await onA.get('/api/flows')).body;
    const { id } = items.find(({ name }: { name: string }) => name === 'Double opt-in');
    expect((await text(b, 'JOIN', '+447700900010')).body.replies).toHaveLength(1);
    const { definition, revision } = (await onA.get(`/api/flows/${id}`)).body;
    expect(definition.triggers[0].words).toEqual(['JOIN']);
    definition.triggers[0].words = ['ENTER'];
    const saved = await onA.put(`/api/flows/${id}/draft`, { definition, revision });
    expect(saved.status).toBe(200);
    const published = await onA.post(`/api/flows/${id}/publish`, { revision: saved.body.revision });
    expect(published.status).toBe(204);
    expect((await text(b, 'ENTER', '+447700900011')).body.replies).toHaveLength(1);
    expect((await text(b, 'JOIN', '+447700900012')).body.replies).toEqual([]);
  });

  test('show their pages the texts of both, once, with one count', async () => {
    const page = await open(a, onA.cookie);
    const beats: LiveBeat[] = [];
    page.on('beat', (beat) => beats.push(beat));
    await page.emitWithAck('watch');
    const seen = (): string[] => beats.flatMap(({ messages }) => messages.map((message) => message.text));
    // Texts from before b hears that somebody watches are in the count, but in no beat.
    await until(async () => {
      await text(b, 'knock');
      return seen().includes('knock');
    });
    await Promise.all([text(a, 'at a'), text(b, 'at b')]);
    await until(() => seen().includes('at a') && seen().includes('at b'));
    const [{ count }] = await a.database.source.query('select count(*)::int as count from inbound');
    await until(() => beats.at(-1)?.perMinute.inbound === count);
    expect(
      seen()
        .filter((words) => words === 'at a' || words === 'at b')
        .sort(),
    ).toEqual(['at a', 'at b']);
    page.emit('unwatch');
  });

  test('tell the pages of both what has changed', async () => {
    const page = await open(b, onA.cookie);
    const changed = new Promise((done) => page.once('changed', done));
    await onA.post('/api/flows', { name: 'New on a' });
    expect(await changed).toBe('flows');
  });

  test('close the pages of a session that was ended on the other', async () => {
    const { body } = await onA.post('/api/people', { name: 'Bo', email: 'bo@example.com', role: 'analyst' });
    const bo = await signInByLink(a.url, body.link);
    const mine = await open(b, onA.cookie);
    const page = await open(b, bo.cookie);
    const gone = new Promise((done) => page.once('disconnect', done));
    await bo.delete('/api/session');
    expect(await gone).toBe('io server disconnect');
    expect(mine.connected).toBe(true);
  });

  test('count wrong passwords together', async () => {
    const guess = (node: TestServer) =>
      new ApiClient(node.url).post('/api/session', {
        email: 'guess@example.com',
        password: 'not the password',
      });
    const answers = [];
    for (let n = 0; n < 12; n++) answers.push((await guess(n % 2 === 0 ? a : b)).status);
    expect(answers).toEqual([...Array(10).fill(401), 429, 429]);
  });

  test('stop sending together', async () => {
    expect((await onA.post('/api/sending', { stopped: true })).status).toBeLessThan(300);
    expect((await onB.get('/api/session')).body.workspace).toMatchObject({ sendingStopped: true });
    await onB.post('/api/sending', { stopped: false });
    expect((await onA.get('/api/session')).body.workspace).toMatchObject({ sendingStopped: false });
  });
});
