import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { Anchors } from '#server/consent/anchors.service.ts';
import {
  eraseNumber,
  exportEvidence,
  stopNumbers,
  verifyLedgers,
  writeSeals,
} from '#server/consent/consent-commands.ts';
import { LedgerCheck } from '#server/consent/ledger-check.ts';
import { LedgerRepository } from '#server/consent/ledger.repository.ts';
import { SystemClock } from '#server/common/clock.ts';
import { createLog } from '#server/common/log.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const stage = stageDemo();
const folder = new TemporaryFolder();
const check = (): LedgerCheck => stage.server.app.get(LedgerCheck);
/** Seals all that happened until now, as if days had passed. */
async function seal(): Promise<void> {
  const now = new SystemClock().now() + 3 * 86_400_000;
  const ledger = stage.server.app.get(LedgerRepository);
  await new Anchors(ledger, { now: () => now }, createLog('silent')).sealAll();
}

describe('the evidence of a person', () => {
  test('has who, when, the exact words, what they had read before, and hashes that hold', async () => {
    const phone = stage.person();
    await stage.says(phone, 'Join!');
    await stage.says(phone, 'yes please');
    const { id } = await stage.found(phone);
    const { body } = await stage.owner.get(`/api/contacts/${id}/consent`);
    expect(body.phone).toBe(phone);
    expect(body.entries.map((entry: { to: string }) => entry.to)).toEqual(['pending', 'confirmed']);
    expect(body.entries[1]).toMatchObject({
      words: 'yes please',
      because: 'double-opt-in',
      texted: { text: 'yes please', from: phone, to: '12345' },
      answered: { text: expect.stringContaining('Reply YES'), sender: '12345' },
      verified: true,
    });
    const csv = await stage.owner.get(`/api/contacts/${id}/consent.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(4);
    expect(csv.text).toContain('yes please');
    const told = JSON.parse(await exportEvidence(stage.server.app, [phone]));
    expect(told[0].entries).toEqual(body.entries);
  });
});

describe('somebody who is forgotten', () => {
  const secret = 'Amaryllis';

  /** Somebody who said everything about themselves and then STOP. */
  async function stopped(): Promise<{ phone: string; id: string }> {
    const phone = stage.person();
    await stage.says(phone, 'JOIN');
    await stage.says(phone, 'YES');
    const { id } = await stage.found(phone);
    await stage.owner.patch(`/api/contacts/${id}`, {
      fields: { name: secret },
      tags: [secret.toLowerCase()],
    });
    await stage.says(phone, `${secret} is my name`);
    await stage.says(phone, 'STOP');
    return { phone, id };
  }

  test('leaves no word and no number in any table, and the ledger still verifies', async () => {
    const { phone, id } = await stopped();
    expect((await stage.owner.delete(`/api/contacts/${id}`)).status).toBe(204);
    const tables = await stage.sql<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const kept = await stage.sql(`select 1 from "${name}" t where t::text ilike $1 or t::text like $2`, [
        `%${secret}%`,
        `%${phone}%`,
      ]);
      expect([name, kept.length]).toEqual([name, 0]);
    }
    expect(await stage.found(phone)).toBeUndefined();
    expect((await stage.owner.get(`/api/contacts/${id}`)).status).toBe(404);
    expect((await stage.owner.delete(`/api/contacts/${id}`)).status).toBe(404);
    const report = await check().verify(await stage.workspaceId());
    expect(report.broken).toBeNull();
    expect(report.erased).toBeGreaterThan(0);
  });

  test('stays stopped when the number is added again, when it is written to, and when it texts', async () => {
    const { phone, id } = await stopped();
    await stage.owner.delete(`/api/contacts/${id}`);
    const offer = { phone, text: 'Half price', purpose: 'marketing', list: 'news', sender: '12345' };
    expect((await stage.owner.post('/api/messages', offer)).body).toMatchObject({
      outcome: 'held-back',
      reason: 'stopped',
    });
    await stage.owner.delete(`/api/contacts/${(await stage.found(phone)).id}`);
    const again = await stage.owner.post('/api/contacts', { phone, fields: { name: 'Bo' } });
    expect(again.body.id).toBe(id);
    expect(await stage.found(phone)).toMatchObject({ id, name: 'Bo', stopped: ['Textloom Demo'] });
    await stage.owner.delete(`/api/contacts/${id}`);
    expect(await stage.says(phone, 'hello?')).toEqual([]);
    expect(await stage.found(phone)).toMatchObject({ id, name: null, stopped: ['Textloom Demo'] });
    expect(await stage.says(phone, 'START')).toHaveLength(1);
    expect((await stage.found(phone)).stopped).toEqual([]);
    expect((await stage.found(phone)).lists[0].state).not.toBe('pending');
  });

  test('can be forgotten while a conversation is under way, from the command line, and is no stranger to others', async () => {
    const phone = stage.person();
    const other = stage.person();
    await stage.says(phone, 'JOIN');
    await stage.says(other, 'JOIN');
    // Nobody has that number, and this gateway writes people's without the plus.
    const aside = { from: phone.slice(1), to: '999', text: 'my secret' };
    await stage.owner.post('/in/simulated/demo', aside);
    expect(await eraseNumber(stage.server.app, [phone])).toMatch(/Erased/);
    // Whoever asks whether we heard that number is still told so, without its words.
    const [proof] = JSON.parse(await exportEvidence(stage.server.app, [phone]));
    expect(proof.entries).toMatchObject([
      { to: 'pending', words: null, texted: { text: '', from: '' }, verified: true },
      { to: 'revoked', because: 'erased', words: null, verified: true },
    ]);
    await expect(eraseNumber(stage.server.app, [phone])).rejects.toThrow(/Nobody/);
    expect(await stage.sql(`select 1 from inbound where text = 'my secret'`)).toEqual([]);
    expect(await stage.found(other)).toBeDefined();
    const open = await stage.sql(
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
    const [program] = (await stage.owner.get('/api/programs')).body;
    const gateway = { name: 'Carrier', kind: 'http', sendUrl: `http://127.0.0.1:${port}` };
    const gatewayId = (await stage.owner.post('/api/gateways', gateway)).body.id;
    const club = { ...program, name: 'Club', brand: 'Club', contact: 'help@example.com' };
    const { id: _id, ...save } = club;
    const programId = (await stage.owner.post('/api/programs', save)).body.id;
    const sender = { address: '+447700900555', kind: 'long-number', country: 'GB', gatewayId, programId };
    expect((await stage.owner.post('/api/senders', sender)).status).toBe(201);
    const phone = stage.person();
    const text = { phone, text: 'Your table is ready', purpose: 'service', sender: '+447700900555' };
    expect((await stage.owner.post('/api/messages', text)).body.outcome).toBe('sent');
    const stopped = async (): Promise<string[]> => (await stage.found(phone))?.stopped ?? [];
    await until(async () => (await stopped()).length > 0);
    expect(await stopped()).toEqual(['Club']);
    const { id } = await stage.found(phone);
    const { ledger } = (await stage.owner.get(`/api/contacts/${id}`)).body;
    expect(ledger[0]).toMatchObject({ to: 'stopped', because: 'gateway' });
    expect((await stage.owner.post('/api/messages', text)).body.reason).toBe('stopped');
    refuses = false;
    const { inboundPath } = (await stage.owner.get('/api/gateways')).body.find(
      (one: { id: string }) => one.id === gatewayId,
    );
    const mo = (words: string) =>
      stage.owner.post(inboundPath, { from: phone, to: '+447700900555', text: words });
    expect((await mo('JOIN')).status).toBe(200);
    expect(await stopped()).toEqual(['Club']);
    const told = await stage.sql<{ text: string }>(
      'select text from outbound where contact_id = $1 order by id desc limit 1',
      [id],
    );
    expect(told[0]?.text).toMatch(/^Club: .*Text START first/);
    await mo('START');
    expect(await stopped()).toEqual([]);
    await mo('JOIN');
    await mo('YES');
    expect((await stage.found(phone)).lists[0].state).toBe('confirmed');
    await new Promise((resolve) => carrier.close(resolve));
  });
});

describe('a list of numbers', () => {
  const written = (name: string, lines: readonly string[]): string => folder.text(name, lines.join('\r\n'));
  const stopped = async (phone: string) => (await stage.found(phone))?.stopped;

  test('of whom the carrier blocks stops them all, also those whom we do not know or have forgotten, and tells nobody', async () => {
    const [known, unknown, gone] = [stage.person(), stage.person(), stage.person()];
    for (const phone of [known, gone]) {
      await stage.says(phone, 'JOIN');
      await stage.says(phone, 'YES');
    }
    await stage.says(gone, 'STOP');
    await eraseNumber(stage.server.app, [gone]);
    const file = written('optouts.csv', ['phone,since', known, `"${unknown}",2026-05-01`, gone, known]);
    const run = () => stopNumbers(stage.server.app, [file, '--sender', '12345']);
    const texts = () => stage.sql('select id from outbound');
    const before = (await texts()).length;
    expect(await run()).toBe(
      'Stopped: 2. Had stopped already: 1. Lines without a number with its country: 1.',
    );
    expect(await run()).toMatch(/^Stopped: 0. Had stopped already: 3/);
    expect((await texts()).length).toBe(before);
    expect([await stopped(known), await stopped(unknown), await stopped(gone)]).toEqual([
      ['Textloom Demo'],
      ['Textloom Demo'],
      undefined,
    ]);
    const [proof] = JSON.parse(await exportEvidence(stage.server.app, [known]));
    expect(proof.entries.at(-1)).toMatchObject({
      to: 'stopped',
      because: 'gateway',
      given: { file: 'optouts.csv' },
    });
    await stage.says(unknown, 'JOIN');
    expect(await stopped(unknown)).toEqual(['Textloom Demo']);
    await expect(stopNumbers(stage.server.app, [file, '--sender', '999'])).rejects.toThrow(/no sender 999/);
  });

  test('that were given up stops whoever has one here; whoever has it next may join', async () => {
    const [known, unknown] = [stage.person(), stage.person()];
    await stage.says(known, 'JOIN');
    await stage.says(known, 'YES');
    const file = written('deactivated.txt', [known, unknown]);
    expect(await stopNumbers(stage.server.app, [file])).toBe('Stopped: 1. Had stopped already: 0.');
    expect(await stopped(known)).toContain('Textloom Demo');
    expect(await stopped(unknown)).toBeUndefined();
    await stage.says(known, 'START');
    expect((await stage.found(known)).lists).toMatchObject([{ state: 'revoked' }]);
    await stage.says(known, 'JOIN');
    await stage.says(known, 'YES');
    expect(await stopped(known)).not.toContain('Textloom Demo');
    await expect(stopNumbers(stage.server.app, [])).rejects.toThrow(/which file/);
    await expect(stopNumbers(stage.server.app, ['/no/where'])).rejects.toThrow(
      '/no/where cannot be read: there is no such file.',
    );
  });
});

describe('the ledger as a whole', () => {
  test('is sealed day by day once a day is over, and holds', async () => {
    await stage.says(stage.person(), 'JOIN');
    await seal();
    await seal();
    const report = await check().verify(await stage.workspaceId());
    expect(report.broken).toBeNull();
    expect(report.anchors).toBeGreaterThan(0);
    expect(await verifyLedgers(stage.server.app)).toMatch(/sealed days? hold|hold/);
  });

  test('is held against the seals that somebody kept elsewhere, where all of it was written anew', async () => {
    await stage.says(stage.person(), 'JOIN');
    await stage.sql('delete from consent_anchors');
    await seal();
    const kept = await writeSeals(stage.server.app, []);
    expect(kept).toMatch(/^[0-9a-f-]{36} \d{4}-\d\d-\d\d \d+ [0-9a-f]{64}$/m);
    const holding = (text: string): Promise<string> =>
      verifyLedgers(stage.server.app, ['--seals', folder.text('seals.txt', text)]);
    expect(await holding(`# Kept by our notary\n\n${kept}\r\n`)).toContain('seals of seals.txt are those');

    // Somebody who may write the database writes into a day that is over and seals it again: by itself, the ledger holds.
    const phone = stage.person();
    await stage.says(phone, 'JOIN');
    await stage.sql('delete from consent_anchors');
    await seal();
    expect(await verifyLedgers(stage.server.app)).toContain('hold');
    await expect(holding(kept)).rejects.toThrow(/sealed with something else than in line 1 of seals\.txt/);
    await stage.sql('delete from consent_anchors');
    await expect(holding(kept)).rejects.toThrow(/is not sealed, as it was in line 1 of seals\.txt/);
  });

  test.each([
    ['', /no seal in seals\.txt/],
    ['# nothing', /no seal/],
    ['\u0000\u0001', /Line 1 of seals\.txt is no seal/],
    ['# one\n0190 2026-01-01 3 abc', /Line 2 of seals\.txt is no seal/],
    [`01980000-0000-7000-8000-000000000000 2026-02-30 3 ${'a'.repeat(64)}`, /Line 1 .* is no seal/],
    [
      `01980000-0000-7000-8000-000000000000 2026-02-03 3 ${'a'.repeat(64)}`,
      /is not sealed, as it was in line 1/,
    ],
  ])('says what is wrong with a file of seals: %j', async (text, problem) => {
    const file = folder.text('seals.txt', text);
    await expect(verifyLedgers(stage.server.app, ['--seals', file])).rejects.toThrow(problem);
    await expect(writeSeals(stage.server.app, ['--since', 'May'])).rejects.toThrow(/“May” is no day/);
    expect(await writeSeals(stage.server.app, ['--since', '2999-01-01'])).toContain('# No day is sealed');
  });

  test('tells where consents were given to another number', async () => {
    const [one, other] = [stage.person(), stage.person()];
    await stage.says(one, 'JOIN');
    await stage.sql('delete from consent_anchors');
    await seal();
    const renumber = (from: string, to: string) =>
      stage.sql('update contacts set phone = $2 where phone = $1', [from, to]);
    await renumber(one, other);
    expect((await check().verify(await stage.workspaceId())).broken).toMatchObject({
      what: 'number',
      scope: 'list:news',
    });
    await expect(verifyLedgers(stage.server.app)).rejects.toThrow(/from another number/);
    await renumber(other, one);
    expect((await check().verify(await stage.workspaceId())).broken).toBeNull();
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
      'a consent was made to last',
      `update consents c set since = c.since + interval '2 years' from consent_ledger e where e.id = $1 and c.contact_id = e.contact_id and c.scope = e.scope`,
      'head',
    ],
    [
      'a consent was made to rest on something else',
      `update consents c set because = 'opt-in' from consent_ledger e where e.id = $1 and c.contact_id = e.contact_id and c.scope = e.scope`,
      'head',
    ],
    [
      'the words of one entry were destroyed as if the person had been erased',
      `update consent_ledger set shown = null, evidence = null, salt = null where id = $1`,
      'evidence',
    ],
    [
      'the words of a whole chain were',
      `update consent_ledger l set shown = null, evidence = null, salt = null from consent_ledger e
       where e.id = $1 and l.contact_id = e.contact_id and l.scope = e.scope`,
      'evidence',
    ],
    [
      'a whole chain was removed',
      `with gone as (delete from consents c using consent_ledger e where e.id = $1 and c.contact_id = e.contact_id)
       delete from consent_ledger l using consent_ledger e where e.id = $1 and l.contact_id = e.contact_id`,
      'anchor',
    ],
  ])('tells where %s', async (_, harm, what) => {
    const phone = stage.person();
    await stage.says(phone, 'JOIN');
    await stage.says(phone, 'YES');
    await stage.sql('delete from consent_anchors');
    await seal();
    const { id } = await stage.found(phone);
    const [entry] = await stage.sql<{ id: string }>(
      `select id from consent_ledger where contact_id = $1 and scope = 'list:news' order by id limit 1`,
      [id],
    );
    const runner = stage.server.database.source.createQueryRunner();
    const before = await runner.query('select * from consent_ledger where contact_id = $1 order by id', [id]);
    const consents = await runner.query('select * from consents where contact_id = $1', [id]);
    await runner.query(harm, [entry?.id]);
    const { broken } = await check().verify(await stage.workspaceId());
    expect(broken?.what).toBe(what);
    await expect(verifyLedgers(stage.server.app)).rejects.toThrow(/broken/);
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
    expect((await check().verify(await stage.workspaceId())).broken).toBeNull();
  });
});
