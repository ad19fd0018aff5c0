import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RedemptionTelling } from '#server/vouchers/redemption-telling.ts';
import { VoucherClock } from '#server/vouchers/voucher-clock.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { newId } from '#server/common/ids.ts';
import type { CodesLoad, Pool, VoucherCode } from '#shared/api/vouchers.ts';
import { type ApiClient, codeOf, signInAsOwner } from '../support/api-client.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { publishFlow } from '../support/workspace.ts';

const DAY = 86_400_000;
const DEMO_POOL = 'welcome-deal';
const clock = new ManualClock('2026-03-05T15:00:00Z');
let server: TestServer;
let owner: ApiClient;
let key: string;
let made = 0;

beforeAll(async () => {
  server = await startTestServer({ clock }, { DEMO: 'on' });
  owner = await signInAsOwner(server);
});
afterAll(() => server?.close());
beforeEach(async () => {
  key = `spring-${++made}`;
  expect((await owner.post('/api/vouchers', { key, name: `Spring ${made}` })).status).toBe(204);
});

const path = (rest = '', pool = key) => `/api/vouchers/${pool}${rest}`;
const show = async (pool = key): Promise<Pool> => (await owner.get(path('', pool))).body;
const load = (text: string) => owner.post(path('/codes'), { text });
const codes = async (query = '', pool = key): Promise<VoucherCode[]> =>
  (await owner.get(path(`/codes${query}`, pool))).body.items;
const redeem = (code: string, more: object = {}, pool = key) =>
  owner.post(path('/redeem', pool), { code, ...more });

/** Somebody texts for a code of the demo's pool; returns it. */
async function give(from: string): Promise<string> {
  const { body } = await owner.post('/in/simulated/demo', { from, to: '12345', text: 'DEAL' });
  return /DEAL-\w+/.exec(body.replies[0].text)?.[0] ?? '';
}
/** What was given goes out, and that is found out. */
const send = () =>
  until(async () => {
    await server.app.get(OutboxService).sendDue();
    clock.advance(60_000);
    await server.app.get(VoucherClock).workDue();
    return (await codes('?state=reserved', DEMO_POOL)).length === 0;
  });

describe('pools', () => {
  test('are listed, searched, changed, closed and, while nobody has a code, removed', async () => {
    expect(codeOf(await owner.post('/api/vouchers', { key, name: 'Again' }))).toEqual([
      409,
      'voucher.key-taken',
    ]);
    await load('A-1\nA-2\n');
    const { body } = await owner.get(`/api/vouchers?search=${key}&state=open`);
    expect(body).toMatchObject({
      total: 1,
      items: [
        { key, state: 'open', total: 2, available: 2, reserved: 0, sent: 0, redeemed: 0, runsOutOn: null },
      ],
    });
    const change = { name: 'Summer', state: 'closed', expiresOn: '2026-12-31', onePerPerson: false };
    expect((await owner.patch(path(), change)).status).toBe(204);
    expect(await show()).toMatchObject(change);
    expect((await owner.get(`/api/vouchers?search=${key}&state=open`)).body.total).toBe(0);
    expect((await owner.delete(path())).status).toBe(204);
    expect(codeOf(await owner.get(path()))).toEqual([404, 'voucher.not-found']);
    expect(codeOf(await owner.patch(path(), { name: 'Gone' }))).toEqual([404, 'voucher.not-found']);
    expect(codeOf(await owner.get(path('/codes')))).toEqual([404, 'voucher.not-found']);
    expect(codeOf(await owner.post(path('/redeem'), { code: 'LEAF' }))).toEqual([404, 'voucher.not-found']);
    expect(codeOf(await owner.delete(path('', DEMO_POOL)))).toEqual([409, 'voucher.named']);
  });

  test('tell when they run out, and what came of what they gave', async () => {
    for (const from of ['+447700900301', '+447700900302']) await give(from);
    await send();
    const code = await give('+447700900301');
    expect(code).toBe(await give('+447700900301'));
    expect((await redeem(code, {}, DEMO_POOL)).body.outcome).toBe('redeemed');
    const pool = await show(DEMO_POOL);
    expect(pool).toMatchObject({
      total: 500,
      available: 498,
      sent: 1,
      redeemed: 1,
      perDay: 2,
      runsOutOn: '2026-11-09',
    });
    expect(pool.results).toEqual([
      { flow: { id: expect.any(String), name: 'Voucher' }, version: 1, arm: null, given: 2, redeemed: 1 },
    ]);
    expect(codeOf(await owner.delete(path('', DEMO_POOL)))).toEqual([409, 'voucher.used']);
    await owner.patch(path('', DEMO_POOL), { state: 'closed' });
    const { body } = await owner.get('/api/flows?search=Voucher');
    const flow = (await owner.get(`/api/flows/${body.items[0].id}`)).body;
    expect(flow.issues).toMatchObject([
      { code: 'voucher.closed', severity: 'warning', place: { node: 'voucher' } },
    ]);
    await owner.patch(path('', DEMO_POOL), { state: 'open' });
  });
});

describe('codes', () => {
  test('are loaded as lines and as CSV, exported, and found', async () => {
    expect((await load('\uFEFFA-1\r\n  A-2 \n\nA-3')).body).toEqual({ added: 3 });
    expect((await load('shop,Code\nLondon,"B-1"\nParis,=B-2\n')).body).toEqual({ added: 2 });
    expect((await codes()).map(({ code }) => code)).toEqual(['A-1', 'A-2', 'A-3', 'B-1', '=B-2']);
    const first = (await owner.get(path('/codes?search=A-&size=2'))).body;
    expect((await codes(`?search=A-&size=2&before=${first.next}`)).map(({ code }) => code)).toEqual(['A-3']);
    expect((await owner.get(path('/codes?before=A-3'))).status).toBe(400);
    expect(await codes('?state=sent')).toEqual([]);
    const file = await owner.get(path('/codes.csv'));
    expect(file.text).toContain(`'=B-2,available`);
    expect(file.text.split('\r\n')).toHaveLength(7);
  });

  test('are loaded all or not at all: what is wrong is told by its line', async () => {
    await load('A-1\nA-2\n');
    const refused = await load('C-1\nA-2\nC-1\nno code\nC-2');
    expect(codeOf(refused)).toEqual([422, 'voucher.codes-wrong']);
    expect(refused.body.error.message).toMatch(/^3 of 5 lines/);
    expect(refused.body.error.issues).toEqual([
      { code: 'voucher-code.known', place: 'text.2', message: 'Line 2: “A-2” is in the pool already.' },
      {
        code: 'voucher-code.twice',
        place: 'text.3',
        message: 'Line 3: “C-1” stands in an earlier line already.',
      },
      { code: 'voucher-code.unreadable', place: 'text.4', message: 'Line 4: “no code” is no code.' },
    ]);
    expect((await show()).total).toBe(2);
    expect(codeOf(await load('\n \n'))).toEqual([422, 'voucher.no-codes']);
    const more = (n: number) => `X${n}`;
    const tooMany = Array.from({ length: 1_000_001 }, (_, n) => more(n)).join('\n');
    expect(codeOf(await load(tooMany))).toEqual([422, 'voucher.too-many']);
    expect((await show()).total).toBe(2);
  });

  test('are listed as they were given, the last first, then as they will be given, page by page', async () => {
    await load(Array.from({ length: 9 }, (_, n) => `P-${n}`).join('\n'));
    // Two at the same moment, as a batch gives them.
    const given = [3, 0, 5, 5, 1].map((minutes, n) => [
      `P-${n + 2}`,
      minutes,
      n % 2 === 0 ? 'sent' : 'redeemed',
    ]);
    for (const [code, minutes, state] of given)
      await server.database.source.query(
        `update voucher_codes set state = $3, reserved_at = timestamptz '2026-03-01' + $2 * interval '1 minute'
         where pool = $1 and code = $4`,
        [key, minutes, state, code],
      );
    const seen = async (query: string, size: number) => {
      const found: string[] = [];
      for (let before = ''; ; ) {
        const { body } = await owner.get(path(`/codes?size=${size}${before && `&before=${before}`}${query}`));
        found.push(...body.items.map(({ code }: VoucherCode) => code.slice(2)));
        if (body.next === null) return found.join('');
        before = body.next;
      }
    };
    for (const size of [1, 2, 4, 50]) {
      expect(await seen('', size)).toBe('542630178');
      expect(await seen('&search=P-', size)).toBe('542630178');
      expect(await seen('&state=sent', size)).toBe('426');
      expect(await seen('&state=redeemed', size)).toBe('53');
      expect(await seen('&state=available', size)).toBe('0178');
    }
  });

  test('that cannot be taken are handed over as a file, every one of them, and nothing is loaded', async () => {
    await load('A-1');
    const right = Array.from({ length: 30 }, (_, n) => `B-${n}`);
    const text = ['code', ...right, ...right, 'A-1', '=no code', ...right].join('\n');
    expect((await load(text)).body.error.issues).toHaveLength(50);
    const file = await owner.post(path('/codes/wrong.csv'), { text });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = file.text.split('\r\n');
    expect([lines[0], lines.length]).toEqual(['line,code,reason', 64]);
    expect(lines.slice(30, 34)).toEqual([
      '61,B-29,in an earlier line already',
      '62,A-1,in the pool already',
      "63,'=no code,no code",
      '64,B-0,in an earlier line already',
    ]);
    expect((await show()).total).toBe(1);
    expect(codeOf(await owner.post(path('/codes/wrong.csv'), { text: '\n' }))).toEqual([
      422,
      'voucher.no-codes',
    ]);
  });

  test('are made so that nobody guesses or confuses them', async () => {
    const make = (body: object) => owner.post(path('/generate'), body);
    expect((await make({ count: 12_000, prefix: 'UK-', length: 9 })).body).toEqual({ added: 12_000 });
    const some = await codes('?size=100');
    expect(some.every(({ code }) => /^UK-[2-9A-HJKMNP-Z]{9}$/.test(code))).toBe(true);
    expect((await show()).total).toBe(12_000);
    expect(codeOf(await make({ count: 1_000_000, length: 6 }))).toEqual([422, 'voucher.too-short']);
  });
});

describe('loading', () => {
  const loads = async () => (await owner.get(path('/loads'))).body;
  const many = (count: number) => Array.from({ length: count }, (_, n) => `M-${n}`).join('\n');
  const begin = (text: string, load = newId(1)) => ({
    load,
    answer: owner.post(path('/codes'), { text, load }),
  });
  const stop = (load: string) => owner.delete(path(`/loads/${load}`));

  test('says how far it is, from the first line to the last code', async () => {
    const { load, answer } = begin(many(150_000));
    const seen: CodesLoad[] = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) seen.push(...(await loads()));
    })();
    expect((await answer).body).toEqual({ added: 150_000 });
    isOver = true;
    await watching;
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set([load]));
    const adding = seen.filter(({ step }) => step === 'adding');
    expect(adding.length).toBeGreaterThan(0);
    expect(adding.every(({ done, total }) => done < total && total === 150_000)).toBe(true);
    expect(await loads()).toEqual([]);
    expect(codeOf(await stop(load))).toEqual([409, 'voucher.load-over']);
    expect(codeOf(await owner.post(path('/codes'), { text: 'X', load }))).toEqual([
      409,
      'voucher.load-known',
    ]);
    expect((await show()).total).toBe(150_000);
  }, 60_000);

  test.each(['codes', 'generate'])(
    'that is called back leaves nothing: %s',
    async (way) => {
      const id = newId(1);
      const body = way === 'codes' ? { text: many(150_000) } : { count: 150_000 };
      const answer = owner.post(path(`/${way}`), { ...body, load: id });
      await until(async () => (await loads()).some(({ step }: CodesLoad) => step === 'adding'));
      expect((await stop(id)).status).toBe(204);
      expect(await loads()).toEqual([]);
      expect(codeOf(await answer)).toEqual([409, 'voucher.called-back']);
      expect([(await show()).total, (await codes()).length]).toEqual([0, 0]);
      expect((await load('M-1')).body).toEqual({ added: 1 });
    },
    60_000,
  );

  test('that is called back before its text is there never begins', async () => {
    const id = newId(1);
    expect((await stop(id)).status).toBe(204);
    expect(codeOf(await begin('A-1', id).answer)).toEqual([409, 'voucher.called-back']);
    expect((await show()).total).toBe(0);
  });

  test('waits for another one of the same pool, and says so', async () => {
    const first = begin(many(100_000));
    await until(async () => (await loads()).some(({ step }: CodesLoad) => step === 'adding'));
    const second = begin('Z-1');
    await until(async () => (await loads()).length === 2);
    expect((await loads()).find(({ id }: CodesLoad) => id === second.load)).toMatchObject({
      step: 'waiting',
    });
    expect([(await first.answer).status, (await second.answer).status]).toEqual([201, 201]);
    expect((await show()).total).toBe(100_001);
  }, 60_000);
});

describe('redeeming', () => {
  test('tells what is unknown, was not sent, is over and was redeemed before', async () => {
    const code = await give('+447700900311');
    const at = (more: object = {}) => redeem(code, more, DEMO_POOL);
    expect(codeOf(await redeem('nothing', {}, DEMO_POOL))).toEqual([404, 'voucher.unknown-code']);
    expect(codeOf(await redeem(code))).toEqual([404, 'voucher.unknown-code']);
    const [left] = await codes('?state=available&size=1', DEMO_POOL);
    expect(codeOf(await redeem(left?.code ?? '', {}, DEMO_POOL))).toEqual([409, 'voucher.not-sent']);
    await send();
    await owner.patch(path('', DEMO_POOL), { expiresOn: '2026-03-05' });
    clock.advance(DAY);
    expect(codeOf(await at())).toEqual([409, 'voucher.expired']);
    const inTime = new Date(clock.now() - DAY).toISOString();
    const later = new Date(clock.now() + 1_000).toISOString();
    expect(codeOf(await at({ at: later }))).toEqual([422, 'voucher.time']);
    expect((await at({ at: inTime })).body).toEqual({ code, outcome: 'redeemed', redeemedAt: inTime });
    expect((await at()).body).toEqual({ code, outcome: 'already', redeemedAt: inTime });
    await owner.patch(path('', DEMO_POOL), { expiresOn: null });
    const [row] = await codes(`?search=${code}`, DEMO_POOL);
    expect(row).toMatchObject({ state: 'redeemed', contact: { phone: '+447700900311' }, redeemedAt: inTime });
  });

  test('twice at the same moment counts once', async () => {
    const code = await give('+447700900312');
    await send();
    const answers = await Promise.all(Array.from({ length: 6 }, () => redeem(code, {}, DEMO_POOL)));
    expect(answers.filter(({ body }) => body.outcome === 'redeemed')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.outcome === 'already')).toHaveLength(5);
  });

  test('is what a key of the role agent may do, and loading is not', async () => {
    const made = await owner.post('/api/api-keys', { name: 'Till', role: 'agent' });
    const till = (rest: string, body: object) =>
      owner.call('POST', path(rest, DEMO_POOL), body, {
        cookie: '',
        authorization: `Bearer ${made.body.key}`,
      });
    const code = await give('+447700900313');
    await send();
    expect((await till('/redeem', { code })).body.outcome).toBe('redeemed');
    expect((await till('/codes', { text: 'Z-1' })).status).toBe(403);
  });
});

test('a conversation that waits for it hears that its code was redeemed, and of no other', async () => {
  const [{ id }] = await server.database.source.query('select id from workspaces');
  await publishFlow(
    server.database.source,
    id,
    lineFlow(
      'TREAT',
      ['voucher', { pool: DEMO_POOL, saveAs: 'voucher' }, 'given'],
      saying('Yours: {{answers.voucher}}'),
      ['wait-event', { event: 'voucher-redeemed', key: '{{answers.voucher}}', timeout: '24h' }, 'happened'],
      saying('Enjoy!'),
    ),
  );
  const other = await give('+447700900331');
  const from = '+447700900332';
  const { body } = await owner.post('/in/simulated/demo', { from, to: '12345', text: 'TREAT' });
  const code = body.replies[0].text.slice('Yours: '.length);
  await send();
  const heard = async () =>
    (await owner.get(`/api/messages?search=Enjoy`)).body.items.map(({ text }: { text: string }) => text);
  const told = () =>
    until(async () => {
      await server.app.get(RedemptionTelling).workDue();
      const untold = 'select 1 from voucher_codes where tell_at is not null';
      return (await server.database.source.query(untold)).length === 0;
    });
  await redeem(other, {}, DEMO_POOL);
  await told();
  expect(await heard()).toEqual([]);
  await redeem(code, {}, DEMO_POOL);
  await redeem(code, {}, DEMO_POOL);
  await told();
  expect(await heard()).toEqual(['Enjoy!']);
});

test('who is erased has no code any more, and the code stays as it is', async () => {
  const code = await give('+447700900321');
  await send();
  const { body } = await owner.get('/api/contacts?search=900321');
  expect((await owner.delete(`/api/contacts/${body.items[0].id}`)).status).toBe(204);
  const [row] = await codes(`?search=${code}`, DEMO_POOL);
  expect(row).toMatchObject({ code, state: 'sent', contact: null });
  const [{ contact_id: contactId }] = await server.database.source.query(
    'select contact_id from voucher_codes where code = $1',
    [code],
  );
  expect(contactId).toBeNull();
});
