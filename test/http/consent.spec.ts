import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Anchors } from '#server/consent/anchors.service.ts';
import { eraseNumber, exportEvidence, verifyLedgers } from '#server/consent/consent-commands.ts';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { LedgerRepository } from '#server/consent/ledger.repository.ts';
import { SystemClock } from '#server/common/clock.ts';
import { createLog } from '#server/common/log.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

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
    const offer = { phone, text: 'Half price', purpose: 'marketing', list: 'news' };
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
    expect(await eraseNumber(server.app, [phone])).toMatch(/Erased/);
    await expect(eraseNumber(server.app, [phone])).rejects.toThrow(/Nobody/);
    expect(await found(other)).toBeDefined();
    const open = await sql(
      `select 1 from runs r join contacts c on c.id = r.contact_id where c.number_print is not null and r.status <> 'ended'`,
    );
    expect(open).toEqual([]);
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
