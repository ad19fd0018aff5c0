import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

let server: TestServer;
let owner: ApiClient;
let last = 0;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server.close());

const person = (): string => `+4477009${String(10_000 + ++last)}`;
const says = async (from: string, text: string): Promise<string[]> => {
  const { body } = await owner.post('/in/simulated/demo', { from, to: '12345', text });
  return body.replies.map((reply: { text: string }) => reply.text);
};
const inbox = async (query = '') => (await owner.get(`/api/inbox${query}`)).body;
const reviewOf = async (phone: string, state = 'open') =>
  (await inbox(`?state=${state}&search=${encodeURIComponent(phone)}`)).items[0];
const contactOf = async (phone: string) => {
  const { items } = (await owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body;
  return (await owner.get(`/api/contacts/${items[0].id}`)).body;
};
const offer = (phone: string) =>
  owner.post('/api/messages', { phone, text: 'Half price today', purpose: 'marketing', list: 'news' });

/** How often a person was told that they are unsubscribed. */
async function confirmations(phone: string): Promise<number> {
  const [{ told }] = await server.database.source.query(
    `select count(*)::int as told from outbound m join contacts c on c.id = m.contact_id
     where c.phone = $1 and m.text ilike '%unsubscribed%'`,
    [phone],
  );
  return told;
}

/** Somebody on the list who then writes what may be a STOP. */
async function doubtful(text = 'not interested'): Promise<string> {
  const phone = person();
  await says(phone, 'JOIN');
  await says(phone, 'YES');
  await says(phone, text);
  return phone;
}

describe('a text that may be a STOP', () => {
  test('holds back what needs consent, and waits in the inbox with its words', async () => {
    const phone = await doubtful('Not interested…');
    const { body } = await offer(phone);
    expect(body).toMatchObject({ outcome: 'held-back', reason: 'frozen' });
    expect(await reviewOf(phone)).toMatchObject({ text: 'Not interested…', decision: null, sender: '12345' });
    expect((await owner.get('/api/inbox/open')).body.open).toBeGreaterThanOrEqual(1);
    const { ledger } = await contactOf(phone);
    expect(ledger[0]).toMatchObject({
      from: 'open',
      to: 'frozen',
      because: 'unsure',
      shown: 'Not interested…',
    });
    expect(await says(phone, 'HELP')).toHaveLength(1);
  });

  test('is a STOP where somebody says so: confirmed once, told with their name, and that can be undone', async () => {
    const phone = await doubtful();
    const { id } = await reviewOf(phone);
    expect((await owner.put(`/api/inbox/${id}/decision`, { decision: 'revoked' })).status).toBe(204);
    expect(await contactOf(phone)).toMatchObject({
      stopped: ['Textloom Demo'],
      lists: [{ key: 'news', state: 'revoked' }],
    });
    expect((await offer(phone)).body).toMatchObject({ outcome: 'held-back', reason: 'stopped' });
    expect((await owner.put(`/api/inbox/${id}/decision`, { decision: 'kept' })).body.error.code).toBe(
      'review.decided',
    );
    const decided = await reviewOf(phone, 'decided');
    expect(decided).toMatchObject({ id, decision: 'revoked', decidedBy: expect.any(String) });
    expect((await owner.delete(`/api/inbox/${id}/decision`)).status).toBe(204);
    expect(await contactOf(phone)).toMatchObject({ stopped: [], lists: [{ state: 'confirmed' }] });
    expect((await offer(phone)).body.reason).toBe('frozen');
    expect(await reviewOf(phone)).toMatchObject({ id, decision: null, decidedBy: null });
    expect((await owner.put(`/api/inbox/${id}/decision`, { decision: 'revoked' })).status).toBe(204);
    expect(await confirmations(phone)).toBe(1);
  });

  test('is none where somebody says so, and everything goes on', async () => {
    const phone = await doubtful();
    const { id } = await reviewOf(phone);
    await owner.put(`/api/inbox/${id}/decision`, { decision: 'kept' });
    expect((await offer(phone)).body.outcome).toBe('sent');
    expect((await contactOf(phone)).ledger[0]).toMatchObject({
      from: 'frozen',
      to: 'open',
      because: 'person',
    });
  });

  test('is read for itself where others wait, and nothing goes on before the last', async () => {
    const phone = await doubtful('who is this?');
    await says(phone, 'wrong number');
    const open = async () => (await inbox(`?search=${encodeURIComponent(phone)}`)).items;
    expect((await open()).map(({ text }: { text: string }) => text)).toEqual([
      'who is this?',
      'wrong number',
    ]);
    const [first, second] = await open();
    const decide = (id: string) => owner.put(`/api/inbox/${id}/decision`, { decision: 'kept' });
    expect((await decide(first.id)).status).toBe(204);
    expect((await offer(phone)).body.reason).toBe('frozen');
    expect((await open()).map(({ id }: { id: string }) => id)).toEqual([second.id]);
    expect((await owner.delete(`/api/inbox/${first.id}/decision`)).status).toBe(204);
    expect(await open()).toHaveLength(2);
    await decide(second.id);
    await decide(first.id);
    expect(await open()).toEqual([]);
    expect((await offer(phone)).body.outcome).toBe('sent');
    expect((await contactOf(phone)).ledger.slice(0, 3)).toMatchObject([
      { from: 'frozen', to: 'open', because: 'person' },
      { from: 'frozen', to: 'frozen', because: 'unsure', shown: 'wrong number' },
      { from: 'open', to: 'frozen', because: 'unsure', shown: 'who is this?' },
    ]);
  });

  test('is overtaken by a clear STOP, after which nothing can be taken back', async () => {
    const phone = await doubtful();
    const { id } = await reviewOf(phone);
    expect(await says(phone, 'STOP')).toHaveLength(1);
    expect(await reviewOf(phone, 'decided')).toMatchObject({ id, decision: 'overtaken', decidedBy: null });
    expect((await owner.delete(`/api/inbox/${id}/decision`)).body.error.code).toBe('review.moved-on');
    expect((await owner.put(`/api/inbox/${id}/decision`, { decision: 'kept' })).status).toBe(409);
  });

  test('keeps what is queued waiting, and out of the way, until it is decided', async () => {
    const phone = person();
    await says(phone, 'JOIN');
    await says(phone, 'YES');
    await owner.post('/api/sending', { stopped: true });
    // Marketing might wait for the morning.
    const text = { phone, text: 'Your table is ready', purpose: 'service' };
    const sent = (await owner.post('/api/messages', text)).body.messageId;
    await says(phone, 'who is this?');
    await owner.post('/api/sending', { stopped: false });
    const status = async () => (await owner.get(`/api/messages/${sent}`)).body.status;
    expect((await reviewOf(phone)).waiting).toBe(1);
    expect(await status()).toBe('queued');
    const { id } = await reviewOf(phone);
    await owner.put(`/api/inbox/${id}/decision`, { decision: 'kept' });
    await until(async () => (await status()) !== 'queued');
    expect(['sent', 'delivered']).toContain(await status());
  });

  test('that nobody knows is not found', async () => {
    const unknown = '01980000-0000-7000-8000-000000000000';
    expect((await owner.put(`/api/inbox/${unknown}/decision`, { decision: 'kept' })).status).toBe(404);
  });
});
