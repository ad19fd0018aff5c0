import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { lowestId } from '#server/common/ids.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { sign } from '#server/gateways/http/signature.ts';
import { cutMonths } from '#server/months/cut-months.ts';
import { Forgetting } from '#server/months/forgetting.ts';
import { layParts } from '#server/months/lay-parts.ts';
import { MONTHLY_TABLES, monthName, monthStart } from '#server/months/month.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { FarEnd } from '../db/support/far-end.ts';
import { template } from '../db/support/flows.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { createWorkspace } from '../support/workspace.ts';

/** A second before a month ends. */
const midnight = Date.parse('2026-04-01T00:00:00Z');
const clock = new ManualClock(midnight - 1_000);
const [LAST, THIS] = [monthName(midnight - 1), monthName(midnight)];
const PERSON = '+447700900301';

let server: TestServer;
let owner: ApiClient;
beforeAll(async () => {
  server = await startTestServer({ clock }, { DEMO: 'on' });
  // A server whose clock is days from the database's looks after no months.
  const bounds = [-1, 0, 1, 2].map((after) => lowestId(monthStart(midnight, after)));
  for (const table of MONTHLY_TABLES)
    await clientTransaction(server.database.source, (client) => layParts(client, table, bounds));
  owner = await signInAsOwner(server);
});
afterAll(() => server?.close());

const sql = <Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> =>
  server.database.source.query(query, values);
const says = async (from: string, text: string) =>
  (await owner.post('/in/simulated/demo', { from, to: '12345', text })).body;
const sent = () =>
  until(async () => {
    await server.app.get(OutboxService).sendDue();
    return (await sql('select from outbox limit 1')).length === 0;
  });
const partsOf = async (table: string): Promise<string[]> =>
  (
    await sql<{ part: string }>(`select distinct tableoid::regclass::text as part from ${table} order by 1`)
  ).map(({ part }) => part);

test('a report on a text of last month finds it', async () => {
  const farEnd = await FarEnd.open();
  const secret = 'whsec_c2VjcmV0LXNlY3JldA==';
  const { door, id } = await createWorkspace(server.database.source, {
    flows: [template('double-opt-in')],
    lists: { news: 'double' },
    gateway: { kind: 'http', config: { sendUrl: farEnd.url, secret } },
  });
  const post = async (path: string, body: unknown): Promise<number> => {
    const [text, at] = [JSON.stringify(body), String(Math.floor(clock.now() / 1_000))];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'id',
      'webhook-timestamp': at,
      'webhook-signature': sign(secret, 'id', at, text),
    };
    return (await fetch(server.url + door + path, { method: 'POST', headers, body: text })).status;
  };
  const stored = async () => {
    const [text] = await sql<{ id: string; status: string; part: string }>(
      'select id, status, tableoid::regclass::text as part from outbound where workspace_id = $1',
      [id],
    );
    return text;
  };
  expect(await post('', { from: '+12025550123', to: '12345', text: 'JOIN', id: 'mo-1' })).toBe(200);
  await until(async () => (await stored())?.status === 'sent');
  // Somebody else is asked in the same second, and answers in the next test.
  expect(await says(PERSON, 'JOIN')).toMatchObject({ status: 'decided', replies: [{}] });
  await sent();

  clock.set(midnight + 1_000);
  expect(await post('/dlr', { id: `far-${(await stored())?.id}`, status: 'delivered' })).toBe(200);
  await until(async () => (await stored())?.status === 'delivered');
  expect(await stored()).toMatchObject({ part: `outbound_${LAST}` });
  await farEnd.close();
});

test('a conversation goes on over midnight, and reads as one', async () => {
  expect(await says(PERSON, 'YES')).toMatchObject({ status: 'decided', replies: [{}] });
  await sent();
  for (const table of MONTHLY_TABLES)
    expect(await partsOf(table)).toEqual([`${table}_${LAST}`, `${table}_${THIS}`]);
  const whole = (await owner.get('/api/messages?size=50')).body.items;
  expect(whole.map(({ direction }: { direction: string }) => direction)).toEqual(['out', 'in', 'out', 'in']);
  let [before, read] = ['', []];
  for (const _ of whole) {
    const { body } = await owner.get(`/api/messages?size=1${before && `&before=${before}`}`);
    read = read.concat(body.items);
    before = body.items[0].id;
  }
  expect(read).toEqual(whole);
  const { body } = await owner.get(`/api/messages?contact=${whole[0].contact.id}`);
  expect(body.items).toEqual(whole);
});

test('months are forgotten whole: not before their work is done, and not what proves a consent', async () => {
  const { source } = server.database;
  const forgetting = new Forgetting(source, createLog('silent'));
  const later = monthStart(midnight, 3);
  const forget = async () => {
    for (const table of MONTHLY_TABLES) {
      await clientTransaction(source, (client) => cutMonths(client, table, later));
      await forgetting.forget(table, 2, later);
    }
  };
  const [{ id: contact }] = (await owner.get(`/api/contacts?search=${encodeURIComponent(PERSON)}`)).body
    .items;
  const proof = async () =>
    (await owner.get(`/api/contacts/${contact}/consent`)).body.entries.map(
      ({ texted, answered }: Record<string, unknown>) => ({ texted, answered }),
    );
  const proved = await proof();
  expect(proved[1]).toMatchObject({ texted: { text: 'YES' }, answered: { text: expect.any(String) } });

  await owner.post('/api/sending', { stopped: true });
  await says('+447700900302', 'JOIN');
  await forget();
  for (const table of MONTHLY_TABLES)
    expect(await partsOf(table)).toEqual([`${table}_${LAST}`, `${table}_${THIS}`]);

  await owner.post('/api/sending', { stopped: false });
  await sent();
  await forget();
  for (const table of MONTHLY_TABLES) expect(await partsOf(table)).toEqual([]);
  expect((await owner.get('/api/messages')).body.items).toEqual([]);
  expect(await sql('select from dedupe union all select from carrier_ids')).toEqual([]);
  expect(await proof()).toEqual(proved);

  // Whoever is erased now is erased from the proof as well.
  expect((await owner.delete(`/api/contacts/${contact}`)).status).toBe(204);
  expect(await sql('select from consent_texts where contact_id = $1', [contact])).toEqual([]);

  // A text of a forgotten time finds its place, and new ones are decided.
  clock.set(later);
  expect(await says('+447700900303', 'JOIN')).toMatchObject({ status: 'decided' });
  expect(await partsOf('inbound')).toEqual([`inbound_${monthName(later)}`]);
  await sql(`insert into trail (workspace_id, run_id, id, at, steps) values ($1, $1, $1, now(), '[]')`, [
    lowestId(midnight),
  ]);
  expect(await partsOf('trail')).toContain('trail_early');
});
