import { createServer } from 'node:http';
import { policyFor } from '#flows/engine/consent/terms.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Anchors } from '#server/consent/anchors.service.ts';
import { eraseNumber, exportEvidence, verifyLedgers } from '#server/consent/consent-commands.ts';
import { ConsentOrders } from '#server/consent/consent-orders.ts';
import { Lapses } from '#server/consent/lapses.service.ts';
import { LapsesRepository } from '#server/consent/lapses.repository.ts';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { LedgerRepository } from '#server/consent/ledger.repository.ts';
import { SystemClock } from '#server/common/clock.ts';
import { createLog } from '#server/common/log.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { lineFlow } from '../support/line-flow.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { publishFlow } from '../support/workspace.ts';

let server: TestServer;
let owner: ApiClient;
let last = 0;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server?.close());

const person = (): string => `+4477009${String(20_000 + ++last)}`;
const says = async (from: string, text: string): Promise<string[]> => {
  const { body } = await owner.post('/in/simulated/demo', { from, to: '12345', text });
  return body.replies.map((reply: { text: string }) => reply.text);
};
const found = async (phone: string) =>
  (await owner.get(`/api/contacts?search=${encodeURIComponent(phone)}`)).body.items[0];
const sql = <Row extends object>(query: string, values: unknown[] = []): Promise<Row[]> =>
  server.database.source.query(query, values);
const check = (): LedgerCheck => server.app.get(LedgerCheck);
/** Seals all that happened until now, as if days had passed. */
async function seal(): Promise<void> {
  const now = new SystemClock().now() + 3 * 86_400_000;
  await new Anchors(server.app.get(LedgerRepository), { now: () => now }, createLog('silent')).sealAll();
}
const workspaceId = async (): Promise<string> =>
  (await sql<{ id: string }>('select id from workspaces'))[0]?.id ?? '';

describe('the evidence of a person', () => {
  test('has who, when, the exact words, what they had read before, and hashes that hold', async () => {
    const phone = person();
    await says(phone, 'Join!');
    await says(phone, 'yes please');
    const { id } = await found(phone);
    const { body } = await owner.get(`/api/contacts/${id}/consent`);
    expect(body.phone).toBe(phone);
    expect(body.entries.map((entry: { to: string }) => entry.to)).toEqual(['pending', 'confirmed']);
    expect(body.entries[1]).toMatchObject({
      words: 'yes please',
      because: 'double-opt-in',
      texted: { text: 'yes please', from: phone, to: '12345' },
      answered: { text: expect.stringContaining('Reply YES'), sender: '12345' },
      verified: true,
    });
    const csv = await owner.get(`/api/contacts/${id}/consent.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(4);
    expect(csv.text).toContain('yes please');
    const told = JSON.parse(await exportEvidence(server.app, [phone]));
    expect(told[0].entries).toEqual(body.entries);
  });
});

describe('somebody who is forgotten', () => {
  const secret = 'Amaryllis';

  /** Somebody who said everything about themselves and then STOP. */
  async function stopped(): Promise<{ phone: string; id: string }> {
    const phone = person();
    await says(phone, 'JOIN');
    await says(phone, 'YES');
    const { id } = await found(phone);
    await owner.patch(`/api/contacts/${id}`, { fields: { name: secret }, tags: [secret.toLowerCase()] });
    await says(phone, `${secret} is my name`);
    await says(phone, 'STOP');
    return { phone, id };
  }

  test('leaves no word and no number in any table, and the ledger still verifies', async () => {
    const { phone, id } = await stopped();
    expect((await owner.delete(`/api/contacts/${id}`)).status).toBe(204);
    const tables = await sql<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const kept = await sql(`select 1 from "${name}" t where t::text ilike $1 or t::text like $2`, [
        `%${secret}%`,
        `%${phone}%`,
      ]);
      expect([name, kept.length]).toEqual([name, 0]);
    }
    expect(await found(phone)).toBeUndefined();
    expect((await owner.get(`/api/contacts/${id}`)).status).toBe(404);
    expect((await owner.delete(`/api/contacts/${id}`)).status).toBe(404);
    const report = await check().verify(await workspaceId());
    expect(report.broken).toBeNull();
    expect(report.erased).toBeGreaterThan(0);
  });

  test('stays stopped when the number is added again, when it is written to, and when it texts', async () => {
    const { phone, id } = await stopped();
    await owner.delete(`/api/contacts/${id}`);
    const offer = { phone, text: 'Half price', purpose: 'marketing', list: 'news', sender: '12345' };
    expect((await owner.post('/api/messages', offer)).body).toMatchObject({
      outcome: 'held-back',
      reason: 'stopped',
    });
    await owner.delete(`/api/contacts/${(await found(phone)).id}`);
    const again = await owner.post('/api/contacts', { phone, fields: { name: 'Bo' } });
    expect(again.body.id).toBe(id);
    expect(await found(phone)).toMatchObject({ id, name: 'Bo', stopped: ['Textloom Demo'] });
    await owner.delete(`/api/contacts/${id}`);
    expect(await says(phone, 'hello?')).toEqual([]);
    expect(await found(phone)).toMatchObject({ id, name: null, stopped: ['Textloom Demo'] });
    expect(await says(phone, 'START')).toHaveLength(1);
    expect((await found(phone)).stopped).toEqual([]);
    expect((await found(phone)).lists[0].state).not.toBe('pending');
  });

  test('can be forgotten while a conversation is under way, from the command line, and is no stranger to others', async () => {
    const phone = person();
    const other = person();
    await says(phone, 'JOIN');
    await says(other, 'JOIN');
    // Nobody has that number, and this gateway writes people's without the plus.
    const aside = { from: phone.slice(1), to: '999', text: 'my secret' };
    await owner.post('/in/simulated/demo', aside);
    expect(await eraseNumber(server.app, [phone])).toMatch(/Erased/);
    await expect(eraseNumber(server.app, [phone])).rejects.toThrow(/Nobody/);
    expect(await sql(`select 1 from inbound where text = 'my secret'`)).toEqual([]);
    expect(await found(other)).toBeDefined();
    const open = await sql(
      `select 1 from runs r join contacts c on c.id = r.contact_id where c.number_print is not null and r.status <> 'ended'`,
    );
    expect(open).toEqual([]);
  });
});

describe('a gateway that has blocked somebody', () => {
  test('is mirrored: they are stopped, joining waits for their START, and nothing is confirmed twice', async () => {
    let refuses = true;
    const carrier = createServer((request, response) => {
      request.resume();
      response.statusCode = refuses ? 400 : 200;
      response.end(
        JSON.stringify(refuses ? { code: 21610, message: 'unsubscribed recipient' } : { id: '1' }),
      );
    });
    await new Promise<void>((resolve) => carrier.listen(0, '127.0.0.1', resolve));
    const address = carrier.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const [program] = (await owner.get('/api/programs')).body;
    const gateway = { name: 'Carrier', kind: 'http', sendUrl: `http://127.0.0.1:${port}` };
    const gatewayId = (await owner.post('/api/gateways', gateway)).body.id;
    const club = { ...program, name: 'Club', brand: 'Club', contact: 'help@example.com' };
    const { id: _id, ...save } = club;
    const programId = (await owner.post('/api/programs', save)).body.id;
    const sender = { address: '+447700900555', kind: 'long-number', country: 'GB', gatewayId, programId };
    expect((await owner.post('/api/senders', sender)).status).toBe(201);
    const phone = person();
    const text = { phone, text: 'Your table is ready', purpose: 'service', sender: '+447700900555' };
    expect((await owner.post('/api/messages', text)).body.outcome).toBe('sent');
    const stopped = async (): Promise<string[]> => (await found(phone))?.stopped ?? [];
    for (let tries = 0; (await stopped()).length === 0 && tries < 300; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await stopped()).toEqual(['Club']);
    const { id } = await found(phone);
    const { ledger } = (await owner.get(`/api/contacts/${id}`)).body;
    expect(ledger[0]).toMatchObject({ to: 'stopped', because: 'gateway' });
    expect((await owner.post('/api/messages', text)).body.reason).toBe('stopped');
    refuses = false;
    const { inboundPath } = (await owner.get('/api/gateways')).body.find(
      (one: { id: string }) => one.id === gatewayId,
    );
    const mo = (words: string) => owner.post(inboundPath, { from: phone, to: '+447700900555', text: words });
    expect((await mo('JOIN')).status).toBe(200);
    expect(await stopped()).toEqual(['Club']);
    const told = await sql<{ text: string }>(
      'select text from outbound where contact_id = $1 order by id desc limit 1',
      [id],
    );
    expect(told[0]?.text).toMatch(/^Club: .*Text START first/);
    await mo('START');
    expect(await stopped()).toEqual([]);
    await mo('JOIN');
    await mo('YES');
    expect((await found(phone)).lists[0].state).toBe('confirmed');
    await new Promise((resolve) => carrier.close(resolve));
  });
});

describe('a list whose consents lapse', () => {
  const lapses = () =>
    new Lapses(
      server.app.get(LapsesRepository),
      server.app.get(ConsentOrders),
      new SystemClock(),
      createLog('silent'),
    );
  const stateOf = async (phone: string): Promise<string> => (await found(phone)).lists[0].state;
  const age = async (phone: string): Promise<void> => {
    const { id } = await found(phone);
    await sql(
      `update consents set since = since - interval '30 days', lapses_at = lapses_at - interval '30 days' where contact_id = $1`,
      [id],
    );
  };

  test('forgets questions and consents that are too old, and asks anew', async () => {
    const [asked, joined, fresh] = [person(), person(), person()];
    for (const phone of [asked, joined, fresh]) await says(phone, 'JOIN');
    for (const phone of [joined, fresh]) await says(phone, 'YES');
    const lists: { key: string; name: string; optIn: string }[] = (await owner.get('/api/lists')).body;
    const news = lists.find(({ key }) => key === 'news');
    const policy = { key: 'news', name: news?.name, optIn: news?.optIn, lastsDays: 20, asksHours: 24 };
    expect((await owner.patch('/api/lists/news', policy)).status).toBe(204);
    for (const phone of [asked, joined]) await age(phone);
    await lapses().lapseDue();
    expect([await stateOf(asked), await stateOf(joined), await stateOf(fresh)]).toEqual([
      'expired',
      'expired',
      'confirmed',
    ]);
    const offer = { phone: joined, text: 'Half price', purpose: 'marketing', list: 'news', sender: '12345' };
    expect((await owner.post('/api/messages', offer)).body.reason).toBe('no-consent');
    await says(joined, 'JOIN');
    expect(await stateOf(joined)).toBe('pending');
    expect((await check().verify(await workspaceId())).broken).toBeNull();
  });

  test('goes by the terms of people’s own countries, tells when, and the gate knows new terms at once', async () => {
    const deals = {
      key: 'deals',
      name: 'Deals',
      optIn: 'single',
      basis: 'implied',
      impliedDays: 700,
      countries: { CA: { impliedDays: 180 }, DE: { optIn: 'double', basis: 'express' } },
    };
    expect((await owner.post('/api/lists', deals)).status).toBe(204);
    const [british, canadian, german] = [person(), '+14165550123', '+4915112345678'];
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const bought = (on: string) => ({
      rows: [british, canadian, german].map((phone) => ({ phone })),
      consent: {
        list: 'deals',
        basis: 'implied',
        how: 'Bought a coat in our shop.',
        on,
        where: 'Leeds shop',
      },
    });
    expect((await owner.post('/api/contacts/import', bought(day(800)))).body.error.code).toBe(
      'import.too-old',
    );
    const { consent } = (await owner.post('/api/contacts/import', bought(day(100)))).body;
    expect(consent).toMatchObject({ confirmed: 2, unproven: 1 });
    const held = async (phone: string) =>
      (await found(phone)).lists.find(({ key }: { key: string }) => key === 'deals');
    expect(await held(canadian)).toMatchObject({ state: 'confirmed', basis: 'implied' });
    expect((await held(canadian)).lapsesAt.slice(0, 10)).toBe(day(100 - 180));
    expect((await held(british)).lapsesAt.slice(0, 10)).toBe(day(100 - 700));
    const offer = (phone: string) =>
      owner.post('/api/messages', {
        phone,
        text: 'Half price',
        purpose: 'marketing',
        list: 'deals',
        sender: '12345',
      });
    expect((await offer(british)).body.outcome).toBe('sent');
    await owner.patch('/api/lists/deals', { ...deals, impliedDays: 90 });
    expect((await offer(british)).body.reason).toBe('no-consent');
    await lapses().lapseDue();
    expect([(await held(british)).state, (await held(canadian)).state]).toEqual(['expired', 'confirmed']);
    await owner.patch('/api/lists/deals', { ...deals, basis: 'express', countries: {} });
    await lapses().lapseDue();
    expect((await held(canadian)).state).toBe('expired');
    const [list] = await sql<{ terms_changed_at: Date | null }>(
      `select terms_changed_at from lists where key = 'deals'`,
    );
    expect(list?.terms_changed_at).toBeNull();
    expect((await check().verify(await workspaceId())).broken).toBeNull();
  });

  test('asks people of some countries to confirm, and not others', async () => {
    const beer = { key: 'beer', name: 'Beer', optIn: 'single', countries: { DE: { optIn: 'double' } } };
    expect((await owner.post('/api/lists', beer)).status).toBe(204);
    const { body } = await owner.get('/api/lists');
    expect(body.find(({ key }: { key: string }) => key === 'beer')).toMatchObject(beer);
    expect(
      policyFor({ optIn: 'single', countries: { DE: { optIn: 'double' } } }, '+4915112345678').optIn,
    ).toBe('double');
    expect(
      policyFor({ optIn: 'single', countries: { DE: { optIn: 'double' } } }, '+447700900001').optIn,
    ).toBe('single');
  });
});

describe('a list for people of an age', () => {
  test('is joined once they answered, which stands in the ledger without the day they were born', async () => {
    await owner.post('/api/lists', { key: 'wine', name: 'Wine', optIn: 'single', minimumAge: 18 });
    const flow = await publishFlow(
      server.database.source,
      await workspaceId(),
      lineFlow(
        'WINE',
        ['age', { text: 'When were you born?', years: 18, timeout: '1h' }, 'old-enough'],
        ['subscribe', { list: 'wine' }, 'next'],
      ),
    );
    const phone = person();
    const offer = () =>
      owner.post('/api/messages', {
        phone,
        text: 'A bottle',
        purpose: 'marketing',
        list: 'wine',
        sender: '12345',
      });
    await says(phone, 'WINE');
    expect((await offer()).body.reason).toBe('no-consent');
    await says(phone, '1 May 1980');
    const { id } = await found(phone);
    const { ledger, lists } = (await owner.get(`/api/contacts/${id}`)).body;
    expect(lists).toMatchObject([{ key: 'wine', state: 'confirmed' }]);
    expect(ledger).toContainEqual(
      expect.objectContaining({
        scope: 'age:18',
        from: 'none',
        to: 'confirmed',
        because: 'age',
        shown: null,
      }),
    );
    expect((await offer()).body.outcome).toBe('sent');
    expect(
      (await owner.patch('/api/lists/wine', { key: 'wine', name: 'Wine', optIn: 'single' })).status,
    ).toBe(204);
    const askingGermansTwice = {
      key: 'wine',
      name: 'Wine',
      optIn: 'single',
      countries: { DE: { optIn: 'double' } },
    };
    expect((await owner.patch('/api/lists/wine', askingGermansTwice)).body.error.code).toBe(
      'flow.would-break',
    );
    const older = { key: 'wine', name: 'Wine', optIn: 'single', minimumAge: 21 };
    expect((await owner.patch('/api/lists/wine', older)).body.error.code).toBe('flow.would-break');
    await owner.patch(`/api/flows/${flow}`, { status: 'paused' });
    expect((await owner.patch('/api/lists/wine', older)).status).toBe(204);
    expect((await offer()).body.reason).toBe('too-young');
    const imported = await owner.post('/api/contacts/import', {
      rows: [{ phone: person() }],
      consent: {
        list: 'wine',
        basis: 'express',
        how: 'I agree to texts.',
        on: '2026-03-01',
        where: 'A form',
      },
    });
    expect(imported.body.consent).toMatchObject({ confirmed: 0, unproven: 1 });
    expect((await check().verify(await workspaceId())).broken).toBeNull();
  });
});

describe('the ledger as a whole', () => {
  test('is sealed day by day once a day is over, and holds', async () => {
    await says(person(), 'JOIN');
    await seal();
    await seal();
    const report = await check().verify(await workspaceId());
    expect(report.broken).toBeNull();
    expect(report.anchors).toBeGreaterThan(0);
    expect(await verifyLedgers(server.app)).toMatch(/sealed days? hold|hold/);
  });

  test.each([
    ['a word was changed', `update consent_ledger set shown = 'no' where id = $1`, 'evidence'],
    ['an entry was changed', `update consent_ledger set to_state = 'revoked' where id = $1`, 'entry'],
    ['an entry was removed', `delete from consent_ledger where id = $1`, 'link'],
    [
      'a consent was changed beside it',
      `update consents c set state = 'none' from consent_ledger e where e.id = $1 and c.contact_id = e.contact_id and c.scope = e.scope`,
      'head',
    ],
    [
      'a whole chain was removed',
      `with gone as (delete from consents c using consent_ledger e where e.id = $1 and c.contact_id = e.contact_id)
       delete from consent_ledger l using consent_ledger e where e.id = $1 and l.contact_id = e.contact_id`,
      'anchor',
    ],
  ])('tells where %s', async (_, harm, what) => {
    const phone = person();
    await says(phone, 'JOIN');
    await says(phone, 'YES');
    await sql('delete from consent_anchors');
    await seal();
    const { id } = await found(phone);
    const [entry] = await sql<{ id: string }>(
      `select id from consent_ledger where contact_id = $1 and scope = 'list:news' order by id limit 1`,
      [id],
    );
    const runner = server.database.source.createQueryRunner();
    const before = await runner.query('select * from consent_ledger where contact_id = $1 order by id', [id]);
    const consents = await runner.query('select * from consents where contact_id = $1', [id]);
    await runner.query(harm, [entry?.id]);
    const { broken } = await check().verify(await workspaceId());
    expect(broken?.what).toBe(what);
    await expect(verifyLedgers(server.app)).rejects.toThrow(/broken/);
    await runner.query('delete from consents where contact_id = $1', [id]);
    await runner.query('delete from consent_ledger where contact_id = $1', [id]);
    for (const [table, rows] of [
      ['consent_ledger', before],
      ['consents', consents],
    ] as const)
      for (const row of rows) {
        const names = Object.keys(row);
        const marks = names.map((_name, at) => `$${at + 1}`).join(', ');
        const values = names.map((name) =>
          name === 'evidence' ? row[name] && JSON.stringify(row[name]) : row[name],
        );
        await runner.query(`insert into ${table} (${names.join(', ')}) values (${marks})`, values);
      }
    await runner.release();
    expect((await check().verify(await workspaceId())).broken).toBeNull();
  });
});
