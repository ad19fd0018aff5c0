import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EntryList } from '#server/contests/draws/entry-list.ts';
import { ListingClock } from '#server/contests/draws/listing-clock.ts';
import { Listings } from '#server/contests/draws/listings.service.ts';
import { newId } from '#server/common/ids.ts';
import type { Contest, ContestDeed, ContestWinner } from '#shared/api/contests.ts';
import { textloom } from '../cli/terminal.ts';
import { type ApiClient, signInAsOwner } from '../support/api-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const HOUR = 3_600_000;
let server: TestServer;
let owner: ApiClient;
let workspaceId: string;
let folder: string;
let key: string;
let made = 0;
const clock = new ManualClock('2026-03-05T15:00:00Z');

const query = (text: string, values: unknown[] = []) => server.database.source.query(text, values);
const path = (rest = '') => `/api/contests/${key}${rest}`;
const show = async (): Promise<Contest> => (await owner.get(path())).body;
const winners = async (number = 1): Promise<ContestWinner[]> =>
  (await owner.get(path(`/draws/${number}/winners`))).body;
const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body?.error?.code,
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'textloom-draw-'));
  server = await startTestServer({ clock }, { DEMO: 'on' });
  owner = await signInAsOwner(server);
  [{ id: workspaceId }] = await query('select id from workspaces');
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.close();
});
beforeEach(async () => {
  key = `summer-${++made}`;
  const added = await owner.post('/api/contests', { key, name: 'Summer draw 🎁' });
  expect(added.status).toBe(204);
});

/** Enters so many people, as flows do; `phone` makes their numbers. */
async function enter(count: number, phone = (n: number) => `+4479${String(made)}${String(1_000_000 + n)}`) {
  const ids = Array.from({ length: count }, () => newId(clock.now()));
  const at = new Date(clock.now());
  await query(
    `insert into contacts (workspace_id, id, phone, created_at)
     select $1, n.id, n.phone, $4 from unnest($2::uuid[], $3::text[]) n(id, phone)`,
    [workspaceId, ids, ids.map((_, n) => phone(n)), at],
  );
  await query(
    `insert into contest_entries (workspace_id, contest, contact_id, run_id, at)
     select $1, $2, id, gen_random_uuid(), $4 from unnest($3::uuid[]) id`,
    [workspaceId, key, ids, at],
  );
  return ids;
}

async function close(): Promise<void> {
  clock.advance(1_000);
  expect((await owner.post(path('/close'))).status).toBe(204);
  clock.advance(60_000);
}

/** Fixes the list and draws. */
async function draw(
  winnersWanted: number,
  reserves: number,
  more: object = {},
  value: object = {},
): Promise<number> {
  const listed = await owner.post(path('/draws'), { winners: winnersWanted, reserves, ...more });
  expect([listed.status, listed.body]).toEqual([201, { number: expect.any(Number) }]);
  await listFixed();
  expect((await owner.post(path(`/draws/${listed.body.number}/hold`), value)).status).toBe(204);
  return listed.body.number;
}

/** The list that was asked for is fixed, or cannot be. */
const listFixed = () => server.app.get(ListingClock).workDue();

/** Hands the public files to the command line. */
async function verify(
  number = 1,
  change = (_: { proof: string; list: string }): void => {},
  ...more: string[]
) {
  const files = {
    proof: (await owner.get(path(`/draws/${number}/proof`))).text,
    list: (await owner.get(path(`/draws/${number}/list`))).text,
  };
  change(files);
  const [proofFile, listFile] = [join(folder, 'proof.json'), join(folder, 'entries.txt')];
  writeFileSync(proofFile, files.proof);
  writeFileSync(listFile, files.list);
  return await textloom(['draw', 'verify', proofFile, listFile, ...more]);
}

describe('a draw', () => {
  test('is sealed before, drawn once, and can be drawn again by anybody', async () => {
    const { seal } = await show();
    await enter(500);
    clock.advance(1_000);
    expect(code(await owner.post(path('/draws'), { winners: 3 }))).toEqual([409, 'contest.open']);
    await owner.post(path('/close'));
    expect(code(await owner.post(path('/draws'), { winners: 3 }))).toEqual([409, 'contest.texts-pending']);
    clock.advance(60_000);
    const listed = await owner.post(path('/draws'), { winners: 3, reserves: 2 });
    expect(listed.body).toEqual({ number: 1 });
    await listFixed();
    const before = await show();
    expect([before.status, before.draws[0]?.seed, before.draws[0]?.seal]).toEqual(['listed', null, seal]);
    expect(code(await owner.get(path('/draws/1/proof')))).toEqual([409, 'draw.not-drawn']);
    expect((await owner.post(path('/draws/1/hold'))).status).toBe(204);
    expect(code(await owner.post(path('/draws/1/hold')))).toEqual([409, 'draw.drawn']);
    const after = await show();
    const [held] = after.draws;
    expect([after.status, after.winners, after.seal === seal]).toEqual(['drawn', 3, false]);
    expect(
      createHash('sha256')
        .update(held?.seed ?? '')
        .digest('hex'),
    ).toBe(seal);
    const list = (await owner.get(path('/draws/1/list'))).text;
    expect(createHash('sha256').update(list).digest('hex')).toBe(held?.fingerprint);
    expect((await winners()).map(({ place, status }) => `${place} ${status}`)).toEqual([
      '1 winner',
      '2 winner',
      '3 winner',
      '4 reserve',
      '5 reserve',
    ]);
    expect(await verify(1, undefined, '--seal', seal)).toMatchObject({ code: 0, err: '' });
  });

  test('is found out where anything of it is changed', async () => {
    await enter(40);
    await close();
    await draw(2, 1);
    const [first = '', second = ''] = (await winners()).map(({ contactId }) => contactId);
    const lies: ((files: { proof: string; list: string }) => void)[] = [
      (files) => {
        files.proof = files.proof.replace(first, second);
      },
      (files) => {
        files.list = files.list.replace(`${first}\n`, '');
      },
      (files) => {
        files.proof = files.proof.replace(
          /"seed":"(.)/,
          (_, digit) => `"seed":"${digit === 'a' ? 'b' : 'a'}`,
        );
      },
      (files) => {
        const [line = ''] = files.list.split('\n');
        files.list = `${line}\n${files.list}`;
      },
    ];
    for (const lie of lies) expect((await verify(1, lie)).code).toBe(1);
    expect((await verify(1, undefined, '--seal', 'a'.repeat(64))).code).toBe(1);
    expect((await verify()).code).toBe(0);
  });

  test('needs what was announced, and nothing else', async () => {
    await owner.patch(path(), { publicSource: 'the lottery numbers of 3 December' });
    await enter(30);
    await close();
    await owner.post(path('/draws'), { winners: 1 });
    await listFixed();
    expect(code(await owner.post(path('/draws/1/hold')))).toEqual([422, 'draw.value-needed']);
    await owner.post(path('/draws/1/hold'), { publicValue: '7, 41 3' });
    const verified = await verify();
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('the lottery numbers of 3 December was “7, 41 3”');
    // Numbers count in any order; other numbers draw others, or would in most draws.
    const reordered = await verify(1, (files) => {
      files.proof = files.proof.replace('7, 41 3', '3 7 41');
    });
    expect(reordered.code).toBe(0);
    key = `plain-${made}`;
    await owner.post('/api/contests', { key, name: 'Plain' });
    await enter(2, (n) => `+4478${made}${2_000_000 + n}`);
    await close();
    await owner.post(path('/draws'), { winners: 1 });
    await listFixed();
    expect(code(await owner.post(path('/draws/1/hold'), { publicValue: '1' }))).toEqual([
      422,
      'draw.value-unannounced',
    ]);
  });

  test('leaves out who may not win, and says how many and why', async () => {
    await owner.patch(path(), { countries: ['GB'], minimumAge: 18, excludedTags: ['staff'] });
    const [a, b, c, d] = await enter(6);
    const [abroad] = await enter(1, () => `+4915112345${String(100 + made)}`);
    await query("update contacts set tags = '{staff}' where id = $1", [a]);
    await query(
      `insert into consents (workspace_id, contact_id, scope, state, since, head)
       select $1, id, 'age:21', 'confirmed', $3, '\\x00' from unnest($2::uuid[]) id`,
      [workspaceId, [a, b, c, abroad], new Date(clock.now())],
    );
    // Said STOP: takes part nevertheless.
    await query(
      `insert into consents (workspace_id, contact_id, scope, state, since, head)
       select $1, $2, 'program:' || id, 'stopped', $3, '\\x00' from programs where workspace_id = $1 limit 1`,
      [workspaceId, c, new Date(clock.now())],
    );
    const out = await owner.post(path(`/entries/${b}/leave-out`), { because: 'Works for the agency' });
    expect(out.status).toBe(204);
    await close();
    await draw(5, 5);
    const { draws } = await show();
    expect(draws[0]).toMatchObject({
      entries: 1,
      leftOut: [
        { reason: 'age-unknown', entries: 3 },
        { reason: 'by-hand', entries: 1 },
        { reason: 'country', entries: 1 },
        { reason: 'tag', entries: 1 },
      ],
    });
    expect(await winners()).toMatchObject([{ contactId: c, status: 'winner', stopped: true }]);
    const { body } = await owner.get(path('/entries?state=left-out'));
    expect(body).toMatchObject({ total: 1, items: [{ contactId: b, leftOut: 'Works for the agency' }] });
    expect(d).toBeDefined();
  });

  test('puts the next of its order in the place of a winner, and notes why', async () => {
    await owner.patch(path(), { claimDays: 14 });
    await enter(5);
    await close();
    await draw(1, 1);
    const tagged = async () => {
      const { body } = await owner.get(`/api/contacts?tag=won-${key}`);
      return body.items.map(({ id }: { id: string }) => id);
    };
    const [first, second] = (await winners()).map(({ contactId }) => contactId);
    expect(await tagged()).toEqual([first]);
    expect((await winners())[0]?.claimBy).toBe(new Date(clock.now() + 14 * 24 * HOUR).toISOString());
    await owner.post(path('/draws/1/winners/1/claim'), { claimed: true });
    const replace = (place: number) =>
      owner.post(path(`/draws/1/winners/${place}/replace`), { because: 'Did not answer' });
    expect(code(await replace(1))).toEqual([409, 'winner.claimed']);
    await owner.post(path('/draws/1/winners/1/claim'), { claimed: false });
    expect((await replace(1)).body).toEqual({ place: 2 });
    expect(await tagged()).toEqual([second]);
    expect(code(await replace(1))).toEqual([409, 'winner.status']);
    // No reserve is left: whoever would have been drawn next.
    expect((await replace(2)).body).toEqual({ place: 3 });
    for (const place of [3, 4]) expect((await replace(place)).body).toEqual({ place: place + 1 });
    expect((await replace(5)).body).toEqual({ place: null });
    expect((await winners()).map(({ status }) => status)).toEqual(Array(5).fill('replaced'));
    expect((await verify()).code).toBe(0);
    const { body: deeds }: { body: ContestDeed[] } = await owner.get(path('/deeds'));
    expect(deeds.map(({ deed }) => deed).slice(-5)).toEqual(['drawn', 'listed', 'closed', 'changed', 'made']);
    expect(deeds[0]).toMatchObject({ deed: 'replaced', words: 'Did not answer' });
  });

  test('is held again only with a reason, without those who won', async () => {
    await enter(3);
    await close();
    await draw(1, 0);
    const [winner] = await winners();
    expect(code(await owner.post(path('/draws'), { winners: 1 }))).toEqual([422, 'draw.reason-needed']);
    expect(await draw(2, 0, { because: 'The second prize' })).toBe(2);
    expect((await winners(2)).map(({ contactId }) => contactId)).not.toContain(winner?.contactId);
    expect(await winners(2)).toHaveLength(2);
    expect((await verify(2)).code).toBe(0);
    expect((await verify(1)).code).toBe(0);
  });

  test('withdraws a list with the same seal, and changes nothing of who takes part while one is fixed', async () => {
    const { seal } = await show();
    const [person] = await enter(3);
    await close();
    await owner.post(path('/draws'), { winners: 1 });
    await listFixed();
    for (const refused of [
      await owner.post(path('/draws'), { winners: 1 }),
      await owner.post(path(`/entries/${person}/leave-out`), { because: 'Too late for that' }),
      await owner.patch(path(), { closesAt: null }),
    ])
      expect(code(refused)).toEqual([409, 'contest.listed']);
    expect((await owner.delete(path('/draws/1'))).status).toBe(204);
    const after = await show();
    expect([after.status, after.seal, after.draws]).toEqual(['closed', seal, []]);
  });
});

describe('a large list', () => {
  test('is fixed bit by bit, goes on after a fault, and holds what changes it', async () => {
    const listings = server.app.get(Listings);
    const workOnce = listings.workOnce.bind(listings);
    const idle = jest.spyOn(listings, 'workOnce').mockResolvedValue(false);
    const ids = await enter(12_001);
    await query("update contacts set tags = '{staff}' where id = any($1)", [[ids[3], ids[12_000]]]);
    await owner.patch(path(), { excludedTags: ['staff'] });
    await close();
    const asked = await owner.post(path('/draws'), { winners: 2, reserves: 1 });
    expect([asked.status, asked.body]).toEqual([201, { number: 1 }]);
    await workOnce();
    const bit = { number: 1, looked: 5_000, entries: 4_999, leftOut: [{ reason: 'tag', entries: 1 }] };
    expect(await show()).toMatchObject({ status: 'listing', draws: [], listing: { ...bit, trouble: null } });
    expect(code(await owner.post(path('/draws'), { winners: 1 }))).toEqual([409, 'contest.listed']);
    const [first] = ids;
    const out = await owner.post(path(`/entries/${first}/leave-out`), { because: 'Too late for that' });
    expect(code(out)).toEqual([409, 'contest.listed']);
    expect(code(await owner.post(path('/draws/1/hold')))).toEqual([404, 'draw.not-found']);
    // Terms count as they were when it was asked for.
    expect((await owner.patch(path(), { excludedTags: [] })).status).toBe(204);
    const failing = jest
      .spyOn(server.app.get(EntryList), 'goOn')
      .mockRejectedValueOnce(new Error('A fault.'));
    await expect(workOnce()).rejects.toThrow('A fault.');
    failing.mockRestore();
    expect(await show()).toMatchObject({ listing: { ...bit, trouble: 'fault' } });
    expect(await workOnce()).toBe(false);
    clock.advance(30_000);
    idle.mockRestore();
    await listFixed();
    const { status, listing, draws } = await show();
    expect([status, listing, draws[0]?.entries]).toEqual(['listed', null, 11_999]);
    expect(draws[0]?.leftOut).toEqual([{ reason: 'tag', entries: 2 }]);
    const list = (await owner.get(path('/draws/1/list'))).text;
    const right = ids.filter((_, n) => n !== 3 && n !== 12_000).sort();
    expect(list).toBe(right.map((id) => `${id}\n`).join(''));
    expect(draws[0]?.fingerprint).toBe(createHash('sha256').update(list).digest('hex'));
    expect((await owner.post(path('/draws/1/hold'))).status).toBe(204);
    expect((await verify()).code).toBe(0);
  });

  test('that nobody is on says so, and is withdrawn', async () => {
    const { seal } = await show();
    await enter(2, () => `+4915112346${String(100 + made++)}`);
    await owner.patch(path(), { countries: ['GB'] });
    await close();
    await owner.post(path('/draws'), { winners: 1 });
    await listFixed();
    expect((await show()).listing).toMatchObject({
      trouble: 'nobody',
      leftOut: [{ reason: 'country', entries: 2 }],
    });
    expect((await owner.delete(path('/draws/1'))).status).toBe(204);
    expect(await show()).toMatchObject({ status: 'closed', seal, listing: null, draws: [] });
    await owner.patch(path(), { countries: [] });
    await draw(1, 0);
    expect((await show()).draws[0]).toMatchObject({ entries: 2, leftOut: [] });
  });
});

describe('entries', () => {
  test('come by text and by letter, everybody once', async () => {
    for (const text of ['WIN', 'YES', 'Ada'])
      await owner.post('/in/simulated/demo', { from: '+447700900711', to: '12345', text });
    key = 'prize-draw';
    const before = await show();
    expect(before.entries).toBeGreaterThan(0);
    const add = (phone: string, more: object = {}) => owner.post(path('/entries'), { phone, ...more });
    expect(code(await add('+447700900711'))).toEqual([409, 'entry.before']);
    expect(code(await add('nobody'))).toEqual([422, 'entry.phone']);
    expect((await add('07700 900712')).status).toBe(204);
    const { body } = await owner.get(path('/entries?search=900712'));
    expect(body).toMatchObject({ total: 1, items: [{ phone: '+447700900712', runId: null }] });
    expect((await show()).freeEntries).toBe(before.freeEntries + 1);
    const file = await owner.get(path('/export'));
    expect(file.text).toContain('+447700900712');
  });

  test('that came in time may be written down after the contest closed', async () => {
    const inTime = new Date(clock.now() - HOUR).toISOString();
    await close();
    const phone = `+4477009008${String(made).padStart(2, '0')}`;
    expect(code(await owner.post(path('/entries'), { phone }))).toEqual([409, 'contest.closed']);
    const future = new Date(clock.now() + HOUR).toISOString();
    expect(code(await owner.post(path('/entries'), { phone, at: future }))).toEqual([422, 'entry.time']);
    expect((await owner.post(path('/entries'), { phone, at: inTime })).status).toBe(204);
  });
});

describe('contests', () => {
  test('are listed, searched, closed and, while nobody entered, removed', async () => {
    expect(code(await owner.post('/api/contests', { key, name: 'Again' }))).toEqual([
      409,
      'contest.key-taken',
    ]);
    const { body } = await owner.get(`/api/contests?search=${key}&status=open`);
    expect(body).toMatchObject({ total: 1, items: [{ key, status: 'open', entries: 0, winners: 0 }] });
    await close();
    expect((await owner.get(`/api/contests?search=${key}&status=over`)).body.total).toBe(1);
    expect(code(await owner.post(path('/draws'), { winners: 1 }))).toEqual([409, 'draw.nobody']);
    expect((await owner.delete(path())).status).toBe(204);
    expect(code(await owner.get(path()))).toEqual([404, 'contest.not-found']);
    key = 'prize-draw';
    expect((await owner.delete(path())).status).toBeGreaterThanOrEqual(409);
  });
});

// Last: afterwards only the server's own connections, which know the key of prints, can add contacts.
describe('a draw of the past', () => {
  test('stays provable when somebody who was drawn is forgotten', async () => {
    await enter(4);
    await close();
    await draw(1, 1);
    const [winner] = await winners();
    await owner.post(path('/draws/1/winners/1/replace'), { because: 'Wrote that they moved to Lisbon' });
    expect((await owner.delete(`/api/contacts/${winner?.contactId}`)).status).toBeLessThan(300);
    expect((await winners())[0]).toMatchObject({
      phone: null,
      name: null,
      because: null,
      status: 'replaced',
    });
    const { body: deeds } = await owner.get(path('/deeds'));
    expect(JSON.stringify(deeds)).not.toContain('Lisbon');
    expect((await verify()).code).toBe(0);
  });
});
