import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eraseNumber, verifyLedgers } from '#server/consent/consent-commands.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow } from '../support/line-flow.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { publishFlow } from '../support/workspace.ts';

const NAME = 'Amaryllis';
const PHONE = '+447700928374';
/** The same person as somebody in that country dials them. */
const NATIONAL = '07700 928374';

let server: TestServer;
let owner: ApiClient;
let carrier: Server;
let carrierDoor: string;

const sql = <Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> =>
  server.database.source.query(query, values);

/** A carrier that says whom it could not reach, in every way it can. */
async function startCarrier(): Promise<Server> {
  const far = createServer((request, response) => {
    request.resume();
    response.statusCode = 400;
    response.end(JSON.stringify({ code: 30003, message: `no route to ${PHONE} (${NAME})` }));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  return far;
}

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  carrier = await startCarrier();
  const address = carrier.address();
  const sendUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const gateway = await owner.post('/api/gateways', { name: 'Carrier', kind: 'http', sendUrl });
  const [program] = (await owner.get('/api/programs')).body;
  await owner.post('/api/senders', {
    address: '+447700900666',
    kind: 'long-number',
    country: 'GB',
    gatewayId: gateway.body.id,
    programId: program.id,
  });
  const gateways: { id: string; inboundPath: string }[] = (await owner.get('/api/gateways')).body;
  carrierDoor = gateways.find(({ id }) => id === gateway.body.id)?.inboundPath ?? '';
});
afterAll(async () => {
  await new Promise((resolve) => carrier?.close(resolve));
  await server?.close();
});

/** Every row of every table that holds one of these, as text or as the bytes of it. A table that is added is looked at as well. */
async function kept(...needles: string[]): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(40);
  const patterns = needles.flatMap((needle) => [
    `%${needle}%`,
    `%${Buffer.from(needle).toString('hex')}%`,
    `%${Buffer.from(needle).toString('base64').replace(/=+$/, '')}%`,
  ]);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<{ row: string }>(
      `select t::text as row from "${name}" t where t::text ilike any($1)`,
      [patterns],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

const person = async (): Promise<{ id: string }> =>
  (await owner.get(`/api/contacts?search=${encodeURIComponent(PHONE)}`)).body.items[0];

/** Writes about one person through every door there is. */
async function beEverywhere(): Promise<void> {
  const says = (text: string, more: object = {}) =>
    owner.post('/in/simulated/demo', { from: PHONE, to: '12345', text, ...more });
  const [{ id: workspaceId } = { id: '' }] = await sql<{ id: string }>('select id from workspaces');
  const publish = (flow: unknown) => publishFlow(server.database.source, workspaceId, flow);
  const hello = `Hello {{contact.name | default: "you"}}, {{run.rest | default: "?"}}`;
  const talk = await publish(
    lineFlow(
      'TALK',
      [
        'question',
        { text: hello, purpose: 'service', answers: [], saveAs: 'said', timeout: '1h' },
        'answered',
      ],
      ['notify', { text: '{{contact.phone}} {{contact.name}} said {{answers.said}}', email: false }, 'next'],
      ['link', { url: 'https://example.com/?who={{contact.name}}', saveAs: 'shop' }, 'next'],
      ['message', { text: '{{answers.shop}}', purpose: 'service' }, 'next'],
    ),
  );
  await owner.post('/api/contacts/import', {
    rows: [{ phone: PHONE, tags: NAME, fields: { name: NAME } }],
    file: `${NAME}.csv`,
    consent: {
      list: 'news',
      basis: 'express',
      how: `${NAME} wrote: I agree to your news.`,
      on: '2026-01-02',
      where: `The house of ${NAME}`,
    },
  });
  await says(`TALK ${NAME}`, { extra: { name: NAME } });
  await says(`I am ${NAME} of ${PHONE}`);
  await says(`not interested, yours ${NAME}`);
  await says(`Half a long text of ${NAME}`, { part: { reference: '7', number: 1, total: 2 } });
  await owner.call(
    'POST',
    `/api/flows/${talk}/start`,
    { phone: PHONE, fields: { name: NAME }, answers: { said: NAME } },
    { 'idempotency-key': `order-of-${NAME}` },
  );
  const sender = '+447700900666';
  await owner.post('/api/messages', { phone: PHONE, text: `Dear ${NAME}`, purpose: 'service', sender });
  for (const from of [PHONE, PHONE.slice(1), NATIONAL])
    await owner.post('/in/simulated/demo', { from, to: '999', text: `nobody takes what ${NAME} says` });
  await owner.post(carrierDoor, { from: PHONE, to: sender, text: `and here ${NAME} again` });
  const campaign = await owner.post('/api/campaigns', {
    name: 'Spring',
    flowId: talk,
    sender: '12345',
    audience: { kind: 'file' },
  });
  await owner.post(`/api/campaigns/${campaign.body.id}/people`, {
    people: [{ phone: PHONE, fields: { name: NAME } }],
  });
  await owner.post('/api/events', { phone: PHONE, event: 'paid', key: NAME, value: NAME });
  const [link] = await sql<{ code: string }>('select code from links order by created_at desc limit 1');
  if (link)
    await fetch(`${server.url}/l/${link.code}`, { redirect: 'manual', headers: { 'user-agent': NAME } });
  const { id } = await person();
  // What can only be seen when something breaks.
  await sql(
    `update trail set steps = '[{"do": "event", "type": "start"}, {"do": "failed", "error": "${NAME} is no number", "fault": "NaN: ${NAME}"}]'
     where ctid = (select t.ctid from trail t join runs r on r.id = t.run_id where r.contact_id = $1 limit 1)`,
    [id],
  );
  await sql(
    `insert into receipts (workspace_id, gateway_id, reference, status, detail, received_at, message_id)
     select workspace_id, gateway_id, 'seen', 'failed', $2, now(), id from outbound where contact_id = $1 order by id limit 1`,
    [id, `${NAME} at ${PHONE} is away`],
  );
  const unreadable = Buffer.from(JSON.stringify({ v: 9, workspaceId, phone: PHONE, words: NAME }));
  await sql(`insert into inbound_log_unreadable (partition, seq, data, reason) values (0, 1, $1, $2)`, [
    unreadable,
    `No text: ${NAME}`,
  ]);
  await says('please stop texting me');
}

describe('somebody who is forgotten', () => {
  test('stands in no column of any table any more, and yet stays stopped', async () => {
    await beEverywhere();
    await until(async () => (await sql('select 1 from outbox limit 1')).length === 0);
    const before = new Set((await kept(NAME, PHONE.slice(1))).map((row) => row.split(':')[0]));
    for (const table of ['contacts', 'inbound', 'outbound', 'orders', 'runs', 'notices', 'links', 'trail'])
      expect([...before]).toContainEqual(expect.stringMatching(`^${table}`));
    for (const table of ['consent_ledger', 'consent_reviews', 'long_texts', 'receipts', 'link_clicks'])
      expect([...before]).toContain(table);
    expect([...before]).toContain('inbound_log_unreadable');

    const { id } = await person();
    const shown = async (): Promise<{ text: string; erased: unknown }[]> =>
      (await owner.get(`/api/messages?contact=${id}`)).body.items;
    const reviewed = async () => (await owner.get('/api/inbox?state=decided')).body.items[0];
    expect((await shown()).some(({ text, erased }) => text === '' || erased !== null)).toBe(false);
    expect((await owner.delete(`/api/contacts/${id}`)).status).toBe(204);
    // Whoever reads them is told why they are empty.
    const gone = { text: '', erased: { at: expect.any(String) } };
    expect(await shown()).toEqual((await shown()).map(() => expect.objectContaining(gone)));
    expect(await reviewed()).toMatchObject({ text: null, erased: gone.erased });
    expect(await kept(NAME, PHONE.slice(1), NATIONAL, 'please stop texting me')).toEqual([]);
    expect(await verifyLedgers(server.app)).toMatch(/were erased/);

    const again = await owner.post('/api/contacts/import', {
      rows: [{ phone: PHONE }],
      consent: {
        list: 'news',
        basis: 'express',
        how: 'I agree to your news.',
        on: '2026-03-01',
        where: 'A form',
      },
    });
    expect(again.body.consent).toMatchObject({ confirmed: 0, stopped: 1 });
    expect(await person()).toMatchObject({ id, stopped: ['Textloom Demo'] });
    // They are back, and what they texted before is not.
    await owner.post('/in/simulated/demo', { from: PHONE, to: '12345', text: 'here again' });
    const [newest, ...older] = await shown();
    expect([newest?.erased, older.at(-1)?.erased]).toEqual([null, gone.erased]);
  });

  test('can be forgotten again, and where only the file of a campaign has the number', async () => {
    const [flow] = await sql<{ id: string }>(`select id from flows where name = 'TALK'`);
    const campaign = await owner.post('/api/campaigns', {
      name: 'Summer',
      flowId: flow?.id,
      sender: '12345',
      audience: { kind: 'file' },
    });
    const add = (phone: string) =>
      owner.post(`/api/campaigns/${campaign.body.id}/people`, {
        people: [{ phone, fields: { name: NAME } }],
      });
    const unknown = '+447700928375';
    for (const phone of [PHONE, unknown]) {
      for (let times = 0; times < 2; times++) {
        await add(phone);
        expect(await eraseNumber(server.app, [phone])).toMatch(/Erased/);
      }
      expect(await kept(NAME, phone.slice(1))).toEqual([]);
    }
  });
});
