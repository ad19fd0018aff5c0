import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Message } from '#shared/api/messages.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

/** The simulated carrier reaches nobody there, so texts to them fail; others get theirs. */
const NOBODIES = ['+447700910404', '+447700920404', '+447700930404'];

let server: TestServer;
let owner: ApiClient;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  for (const from of NOBODIES) await texts(from, 'JOIN');
  await server.app.get(OutboxService).sendDue();
  await until(async () => (await messages('failed')).length === NOBODIES.length);
});
afterAll(() => server?.close());

const texts = (from: string, text: string, to = '12345') =>
  owner.post('/in/simulated/demo', { from, to, text });

const messages = async (status: string): Promise<Message[]> =>
  (await owner.get(`/api/messages?status=${status}&size=200`)).body.items;

describe('all that a filter shows is tried again', () => {
  test('where it failed, but for people who have said STOP since', async () => {
    await texts(NOBODIES[0] ?? '', 'STOP');
    await until(async () => (await messages('failed')).length === NOBODIES.length + 1);
    const { status, body } = await owner.post('/api/messages/replay', { status: 'failed' });
    expect([status, body]).toEqual([201, { replayed: 2, left: 2, more: false }]);
    await until(async () => (await messages('failed')).length === NOBODIES.length + 1);
  });

  test('where it is searched for', async () => {
    const { body } = await owner.post('/api/messages/replay', {
      status: 'failed',
      search: 'nothing like it',
    });
    expect(body).toEqual({ replayed: 0, left: 0, more: false });
  });

  test('where it was set aside', async () => {
    await texts('+447700900001', 'JOIN', '999');
    await texts('+447700900002', 'JOIN', '999');
    const { body } = await owner.post('/api/messages/replay', { status: 'set-aside' });
    expect(body).toMatchObject({ replayed: 2 });
  });

  test('a long text as the one it is, though its parts were set aside one by one', async () => {
    const from = '+447700900006';
    const parts = ['STOP making ', 'all of ', 'this noise'];
    for (const [n, text] of parts.entries()) {
      const part = { reference: 77, number: n + 1, total: parts.length };
      await owner.post('/in/simulated/demo', { from, to: '998', text, part, id: `part ${n}` });
    }
    const { source } = server.database;
    const stored = () =>
      source.query('select id, text, status from inbound where from_address = $1 order by id', [from]);
    const [first, second] = await stored();
    // One of them is tried while the number is still nobody's.
    expect((await owner.post(`/api/messages/${second.id}/replay`)).status).toBe(204);
    expect((await stored()).map(({ status }: { status: string }) => status)).toEqual(
      parts.map(() => 'set-aside'),
    );
    await source.query(`update inbound set to_address = '12345' where from_address = $1`, [from]);
    expect((await owner.post(`/api/messages/${second.id}/replay`)).status).toBe(204);
    expect(await stored()).toEqual([{ id: first.id, text: parts.join(''), status: 'decided' }]);
    const repeat = { reference: 77, number: 3, total: parts.length };
    const { body } = await owner.post('/in/simulated/demo', {
      ...{ from, to: '12345', text: parts[2], part: repeat, id: 'part 2' },
    });
    expect(body).toMatchObject({ id: first.id, duplicate: true });
  });

  test('once, though two ask for the same at once', async () => {
    const from = '+447700900003';
    await texts(from, 'JOIN', '999');
    const { source } = server.database;
    const [{ id }] = await source.query('select id from inbound where from_address = $1', [from]);
    await source.query(`update inbound set to_address = '12345' where id = $1`, [id]);
    const replay = () => owner.post(`/api/messages/${id}/replay`);
    const answers = await Promise.all([replay(), replay()]);
    expect(answers.map(({ status }) => status)).toContain(204);
    expect(await source.query('select id from outbound where cause_id = $1', [id])).toHaveLength(1);
  });

  test('and nothing else', async () => {
    expect((await owner.post('/api/messages/replay', { status: 'sent' })).status).toBe(400);
    expect((await owner.post('/api/messages/replay', {})).status).toBe(400);
  });
});

test('a text says where it stands in the queue, and what was reported of it', async () => {
  await owner.post('/api/sending', { stopped: true });
  await texts('+447700900005', 'JOIN');
  const [queued] = await messages('queued');
  const { body } = await owner.get(`/api/messages/${queued?.id}`);
  expect(body).toMatchObject({ queue: { attempts: 0, dueAt: expect.any(String) }, receipts: [] });
  await owner.post('/api/sending', { stopped: false });
  await server.app.get(OutboxService).sendDue();
  await until(async () => (await messages('queued')).length === 0);
  expect((await owner.get(`/api/messages/${queued?.id}`)).body).toMatchObject({ queue: null });
});
