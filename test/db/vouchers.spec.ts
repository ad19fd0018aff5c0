import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { newId } from '#server/common/ids.ts';
import type { VoucherClaim } from '#server/runtime/settling/open-request.ts';
import { claimVouchers } from '#server/runtime/settling/claim-vouchers.ts';
import { UntoldEvents } from '#server/runs/untold-events.ts';
import { REDEEMED } from '#server/vouchers/redemption-telling.ts';
import { MOST_AT_ONCE, REST_MS, VoucherFatesRepository } from '#server/vouchers/voucher-fates.repository.ts';
import { template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const POOL = 'welcome-deal';
const CODES = Array.from({ length: 60 }, (_, n) => `CODE-${String(n).padStart(3, '0')}`);
const person = phoneOf(1);

/** Gives a code at a keyword, does something with it, and ends. */
const flowOf = (word: string, step: { kind: string; config: object }) => ({
  schemaVersion: 1,
  name: `Voucher ${word}`,
  languages: ['en'],
  triggers: [{ kind: 'keyword', words: [word], match: 'exact', sender: '*' }],
  nodes: [
    { id: 'voucher', kind: 'voucher', config: { pool: POOL, saveAs: 'voucher' } },
    { id: 'then', ...step },
    { id: 'done', kind: 'end', config: {} },
  ],
  edges: [
    { from: 'voucher', port: 'given', to: 'then' },
    { from: 'voucher', port: 'had', to: 'then' },
    { from: 'voucher', port: 'none-left', to: 'done' },
    { from: 'then', port: 'next', to: 'done' },
    { from: 'then', port: 'answered', to: 'done' },
    { from: 'then', port: 'timeout', to: 'done' },
  ],
  start: 'voucher',
});

const stage = stageSending({
  flows: [
    template('voucher'),
    flowOf('SILENT', { kind: 'message', config: { text: 'Later.', purpose: 'reply' } }),
    flowOf('KEEP', {
      kind: 'set-field',
      config: { field: 'deal', value: { kind: 'answer', answer: 'voucher' } },
    }),
    flowOf('WAIT', {
      kind: 'question',
      config: { text: 'Ready?', answers: [], saveAs: 'ready', timeout: '24h' },
    }),
  ],
  vouchers: { [POOL]: CODES },
  gateway: { mostAtOnce: 50 },
  clears: ['voucher_codes', 'voucher_pools'],
});

const codes = (where: string): Promise<{ code: string; state: string; contact_id: string | null }[]> =>
  stage.source.query(
    `select code, state, contact_id from voucher_codes where workspace_id = $1 and ${where} order by code`,
    [stage.workspace.id],
  );
const stateOf = async (code = 'CODE-000'): Promise<string | undefined> =>
  (await codes(`code = '${code}'`))[0]?.state;
const gone = () => codes(`state <> 'available'`);
const sendAll = () => stage.path.outbox.sendDue();
/** Looks at what is due, after so many milliseconds. */
async function lookAfter(milliseconds: number): Promise<void> {
  stage.clock.advance(milliseconds);
  await new VoucherFatesRepository(stage.source).look(new Date(stage.clock.now()));
}
/** What is found twice, with a rest between. */
async function rest(): Promise<void> {
  await lookAfter(10_000);
  await lookAfter(REST_MS);
}

describe('codes', () => {
  test('are given to nobody twice, by two nodes at the same time, until none is left', async () => {
    const other = await stage.openNode();
    const people = Array.from({ length: 80 }, (_, n) => phoneOf(100 + n));
    const answers = await Promise.all(
      people.map((phone, n) => (n % 2 === 0 ? stage.path : other).says(phone, 'DEAL')),
    );
    await other.close();
    const given = answers.flatMap(({ replies }) => /CODE-\d+/.exec(replies[0]?.text ?? '') ?? []);
    expect([given.length, new Set(given).size]).toEqual([60, 60]);
    expect(answers.filter(({ replies }) => replies[0]?.text.includes('sorry'))).toHaveLength(20);
    expect((await codes(`state = 'reserved'`)).length).toBe(60);
  });

  test('are the same for whoever asks again', async () => {
    const texts = [];
    for (let time = 0; time < 3; time++) texts.push((await stage.path.says(person, 'DEAL')).replies[0]?.text);
    expect(texts.map((text) => /CODE-\d+/.exec(text ?? '')?.[0])).toEqual([
      'CODE-000',
      'CODE-000',
      'CODE-000',
    ]);
    expect(await gone()).toHaveLength(1);
  });

  test('are another each time where a pool gives several', async () => {
    await stage.source.query('update voucher_pools set one_per_person = false where workspace_id = $1', [
      stage.workspace.id,
    ]);
    for (let time = 0; time < 3; time++) await stage.path.says(person, 'DEAL');
    expect((await gone()).map(({ code }) => code)).toEqual(['CODE-000', 'CODE-001', 'CODE-002']);
  });

  test('are not given by a pool that is closed, and none of one whose last day is over', async () => {
    const set = (change: string) =>
      stage.source.query(`update voucher_pools set ${change} where workspace_id = $1`, [stage.workspace.id]);
    await stage.path.says(person, 'DEAL');
    await set(`state = 'closed'`);
    const closed = [await stage.path.says(person, 'DEAL'), await stage.path.says(phoneOf(2), 'DEAL')];
    expect(closed.map(({ replies }) => replies[0]?.text.slice(0, 20))).toEqual([
      'Bluebird Coffee: you',
      'Bluebird Coffee: sor',
    ]);
    await set(`state = 'open', expires_on = '2026-02-01'`);
    const over = [await stage.path.says(person, 'DEAL'), await stage.path.says(phoneOf(2), 'DEAL')];
    expect(over.map(({ replies }) => replies[0]?.text.slice(0, 20))).toEqual([
      'Bluebird Coffee: sor',
      'Bluebird Coffee: sor',
    ]);
  });

  test('are taken once by a batch that is decided again', async () => {
    await stage.source.query('create sequence tries');
    await stage.source.query(`create function fail_once() returns trigger language plpgsql as $$ begin
      if nextval('tries') = 1 then raise exception 'once' using errcode = '40001'; end if; return new; end $$`);
    await stage.source.query(
      'create trigger fail_once before insert on runs for each row execute function fail_once()',
    );
    const { replies } = await stage.path.says(person, 'DEAL');
    const [{ tries }] = await stage.source.query('select last_value::int as tries from tries');
    await stage.source.query('drop trigger fail_once on runs');
    await stage.source.query('drop function fail_once');
    await stage.source.query('drop sequence tries');
    expect(tries).toBe(2);
    expect(replies[0]?.text).toContain('CODE-000');
    expect(await gone()).toHaveLength(1);
  });
});

describe('two batches', () => {
  let claims: (count: number) => VoucherClaim[];

  beforeEach(async () => {
    await stage.path.says(person, 'hello');
    const world = { workspaceId: stage.workspace.id } as VoucherClaim['world'];
    claims = (count) =>
      Array.from({ length: count }, () => ({
        request: { kind: 'claim-voucher', pool: POOL, runId: newId(0), versionId: newId(0), arms: {} },
        world,
        contactId: newId(0),
        phone: person,
        fields: {},
        at: stage.clock.now(),
      }));
  });

  /** Claims in a transaction that is open until the returned function ends it. */
  async function claiming(count: number) {
    const runner = stage.source.createQueryRunner();
    const client: PoolClient = await runner.connect();
    await client.query('begin');
    const answers = await claimVouchers(client, claims(count));
    const end = async (word: 'commit' | 'rollback') => {
      await client.query(word);
      await runner.release();
    };
    return { codes: answers.flatMap(({ value }) => value ?? []), end };
  }

  test('neither wait for each other nor give the same codes', async () => {
    const one = await claiming(40);
    const two = await claiming(40);
    expect([one.codes.length, two.codes.length]).toEqual([40, 20]);
    expect(new Set([...one.codes, ...two.codes]).size).toBe(60);
    await Promise.all([one.end('commit'), two.end('commit')]);
  });

  test('one of which is rolled back: it gives back what it took', async () => {
    const one = await claiming(5);
    await one.end('rollback');
    expect(await gone()).toEqual([]);
    const two = await claiming(5);
    await two.end('commit');
    expect(two.codes).toEqual(one.codes);
  });
});

describe('a code', () => {
  test('is sent once its text went out', async () => {
    await stage.path.says(person, 'DEAL');
    await lookAfter(3_000);
    expect(await stateOf()).toBe('reserved');
    await sendAll();
    await lookAfter(60_000);
    expect(await stateOf()).toBe('sent');
  });

  test('goes back after a rest when its text surely never went out, which then cannot be sent again', async () => {
    stage.farEnd.behaviour = (response) => void response.writeHead(400).end('{"error":"no"}');
    await stage.path.says(person, 'DEAL');
    await sendAll();
    const [text] = await stage.source.query(
      'select id, status, never_left from outbound where workspace_id = $1',
      [stage.workspace.id],
    );
    expect([text.status, text.never_left]).toEqual(['failed', true]);
    await lookAfter(60_000);
    expect(await stateOf()).toBe('reserved');
    await lookAfter(REST_MS);
    expect(await codes(`code = 'CODE-000'`)).toEqual([
      { code: 'CODE-000', state: 'available', contact_id: null },
    ]);
    expect((await stage.fateOf(text.id)).status).toBe('cancelled');
    expect((await stage.fateOf(text.id)).reason).toMatch(/Its voucher went back to the pool\.$/);
  });

  test('stays with its person when the text may have gone out, though nobody answered', async () => {
    let attempts = 0;
    stage.farEnd.behaviour = (response) => {
      if (attempts++ === 0) response.destroy();
      else response.writeHead(400).end('{"error":"no"}');
    };
    await stage.path.says(person, 'DEAL');
    await sendAll();
    stage.clock.advance(60_000);
    await sendAll();
    expect(attempts).toBe(2);
    await rest();
    expect(await stateOf()).toBe('sent');
  });

  test('goes back when STOP comes before its text was tried', async () => {
    await stage.path.says(person, 'WAIT');
    await stage.source.query('update outbox set attempts = 0');
    await stage.path.says(person, 'STOP');
    await rest();
    expect(await stateOf()).toBe('available');
  });

  test('goes back when its conversation ends and no text carried it', async () => {
    await stage.path.says(person, 'SILENT');
    await rest();
    expect(await stateOf()).toBe('available');
  });

  test('is kept while a conversation goes on that may still send it', async () => {
    await stage.path.says(person, 'WAIT');
    await sendAll();
    await rest();
    await rest();
    expect(await stateOf()).toBe('reserved');
    await stage.path.says(person, 'SILENT');
    await stage.path.says(person, 'yes');
    await lookAfter(10 * 60_000);
    await lookAfter(REST_MS);
    expect(await stateOf()).toBe('available');
  });

  test('counts as sent when it was kept elsewhere, for nobody knows who reads it there', async () => {
    await stage.path.says(person, 'KEEP');
    expect(await stateOf()).toBe('sent');
  });

  test('that was redeemed is told by one node at a time, and by another where that one died', async () => {
    await stage.path.says(person, 'DEAL');
    const now = stage.clock.now();
    await stage.source.query(
      `update voucher_codes set state = 'redeemed', redeemed_at = $1, tell_at = $1 where code = 'CODE-000'`,
      [new Date(now)],
    );
    const redemptions = new UntoldEvents(stage.source, REDEEMED);
    const claim = (after: number) => redemptions.claim(new Date(now + after), 10);
    const [dead] = await claim(0);
    expect(dead).toMatchObject({
      row: [stage.workspace.id, POOL, 'CODE-000'],
      key: 'CODE-000',
      phone: person,
    });
    expect(await claim(29_000)).toEqual([]);
    const [alive] = await claim(30_000);
    // The one that was thought dead has told it meanwhile, and says so too late.
    if (dead) await redemptions.tellNext(dead, null, []);
    expect(await claim(60_000)).toMatchObject([{ key: 'CODE-000' }]);
    if (alive) await redemptions.tellNext({ ...alive, tellAt: new Date(now + 90_000) }, null, []);
    expect(await claim(1_000_000)).toEqual([]);
  });

  test('is looked at by one node only, whatever there is', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => stage.path.says(phoneOf(10 + n), 'DEAL')));
    await sendAll();
    stage.clock.advance(10_000);
    const now = new Date(stage.clock.now());
    const fates = new VoucherFatesRepository(stage.source);
    const looks = await Promise.all([fates.look(now), fates.look(now)]);
    expect(looks.reduce((sum, { due }) => sum + due, 0)).toBe(20);
    expect(MOST_AT_ONCE).toBeGreaterThan(20);
    expect(await codes(`state = 'sent'`)).toHaveLength(20);
  });
});
