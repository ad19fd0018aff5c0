import { createHash } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { EntryList } from '#server/contests/draws/entry-list.ts';
import { Listings } from '#server/contests/draws/listings.service.ts';
import type { ContestDeed } from '#shared/api/contests.ts';
import { textloom } from '../cli/terminal.ts';
import { codeOf } from '../support/api-client.ts';
import { stageContests } from '../support/contest-stage.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';

const DAY = 24 * 3_600_000;
const stage = stageContests();
const folder = new TemporaryFolder();

/** Hands the public files to the command line. */
async function verify(
  number = 1,
  change = (_: { proof: string; list: string }): void => {},
  ...more: string[]
) {
  const files = {
    proof: (await stage.owner.get(stage.path(`/draws/${number}/proof`))).text,
    list: (await stage.owner.get(stage.path(`/draws/${number}/list`))).text,
  };
  change(files);
  const paths = [folder.text('proof.json', files.proof), folder.text('entries.txt', files.list)];
  return await textloom(['draw', 'verify', ...paths, ...more]);
}

describe('a draw', () => {
  test('is sealed before, drawn once, and can be drawn again by anybody', async () => {
    const { seal } = await stage.show();
    await stage.enter(500);
    stage.clock.advance(1_000);
    expect(codeOf(await stage.owner.post(stage.path('/draws'), { winners: 3 }))).toEqual([
      409,
      'contest.open',
    ]);
    await stage.owner.post(stage.path('/close'));
    expect(codeOf(await stage.owner.post(stage.path('/draws'), { winners: 3 }))).toEqual([
      409,
      'contest.texts-pending',
    ]);
    stage.clock.advance(60_000);
    const listed = await stage.owner.post(stage.path('/draws'), { winners: 3, reserves: 2 });
    expect(listed.body).toEqual({ number: 1 });
    await stage.listFixed();
    const before = await stage.show();
    expect([before.status, before.draws[0]?.seed, before.draws[0]?.seal]).toEqual(['listed', null, seal]);
    expect(codeOf(await stage.owner.get(stage.path('/draws/1/proof')))).toEqual([409, 'draw.not-drawn']);
    expect((await stage.owner.post(stage.path('/draws/1/hold'))).status).toBe(204);
    expect(codeOf(await stage.owner.post(stage.path('/draws/1/hold')))).toEqual([409, 'draw.drawn']);
    const after = await stage.show();
    const [held] = after.draws;
    expect([after.status, after.winners, after.seal === seal]).toEqual(['drawn', 3, false]);
    expect(
      createHash('sha256')
        .update(held?.seed ?? '')
        .digest('hex'),
    ).toBe(seal);
    const list = (await stage.owner.get(stage.path('/draws/1/list'))).text;
    expect(createHash('sha256').update(list).digest('hex')).toBe(held?.fingerprint);
    expect((await stage.winners()).map(({ place, status }) => `${place} ${status}`)).toEqual([
      '1 winner',
      '2 winner',
      '3 winner',
      '4 reserve',
      '5 reserve',
    ]);
    expect(await verify(1, undefined, '--seal', seal)).toMatchObject({ code: 0, err: '' });
  });

  test('is found out where anything of it is changed', async () => {
    await stage.enter(40);
    await stage.close();
    await stage.draw(2, 1);
    const [first = '', second = ''] = (await stage.winners()).map(({ contactId }) => contactId);
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
    await stage.owner.patch(stage.path(), { publicSource: 'the lottery numbers of 3 December' });
    await stage.enter(30);
    await stage.close();
    await stage.owner.post(stage.path('/draws'), { winners: 1 });
    await stage.listFixed();
    expect(codeOf(await stage.owner.post(stage.path('/draws/1/hold')))).toEqual([422, 'draw.value-needed']);
    await stage.owner.post(stage.path('/draws/1/hold'), { publicValue: '7, 41 3' });
    const verified = await verify();
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('the lottery numbers of 3 December was “7, 41 3”');
    // Numbers count in any order; other numbers draw others, or would in most draws.
    const reordered = await verify(1, (files) => {
      files.proof = files.proof.replace('7, 41 3', '3 7 41');
    });
    expect(reordered.code).toBe(0);
    stage.key = `plain-${stage.made}`;
    await stage.owner.post('/api/contests', { key: stage.key, name: 'Plain' });
    await stage.enter(2, (n) => `+4478${stage.made}${2_000_000 + n}`);
    await stage.close();
    await stage.owner.post(stage.path('/draws'), { winners: 1 });
    await stage.listFixed();
    expect(codeOf(await stage.owner.post(stage.path('/draws/1/hold'), { publicValue: '1' }))).toEqual([
      422,
      'draw.value-unannounced',
    ]);
  });

  test('leaves out who may not win, and says how many and why', async () => {
    await stage.owner.patch(stage.path(), { countries: ['GB'], minimumAge: 18, excludedTags: ['staff'] });
    const [a, b, c] = await stage.enter(6);
    const [abroad] = await stage.enter(1, () => `+4915112345${String(100 + stage.made)}`);
    await stage.query("update contacts set tags = '{staff}' where id = $1", [a]);
    await stage.query(
      `insert into consents (workspace_id, contact_id, scope, state, since, head)
       select $1, id, 'age:21', 'confirmed', $3, '\\x00' from unnest($2::uuid[]) id`,
      [stage.workspaceId, [a, b, c, abroad], new Date(stage.clock.now())],
    );
    // Said STOP: takes part nevertheless.
    await stage.query(
      `insert into consents (workspace_id, contact_id, scope, state, since, head)
       select $1, $2, 'program:' || id, 'stopped', $3, '\\x00' from programs where workspace_id = $1 limit 1`,
      [stage.workspaceId, c, new Date(stage.clock.now())],
    );
    const out = await stage.owner.post(stage.path(`/entries/${b}/leave-out`), {
      because: 'Works for the agency',
    });
    expect(out.status).toBe(204);
    await stage.close();
    await stage.draw(5, 5);
    const { draws } = await stage.show();
    expect(draws[0]).toMatchObject({
      entries: 1,
      leftOut: [
        { reason: 'age-unknown', entries: 3 },
        { reason: 'by-hand', entries: 1 },
        { reason: 'country', entries: 1 },
        { reason: 'tag', entries: 1 },
      ],
    });
    expect(await stage.winners()).toMatchObject([{ contactId: c, status: 'winner', stopped: true }]);
    const { body } = await stage.owner.get(stage.path('/entries?state=left-out'));
    expect(body).toMatchObject({ total: 1, items: [{ contactId: b, leftOut: 'Works for the agency' }] });
  });

  test('puts the next of its order in the place of a winner, and notes why', async () => {
    await stage.owner.patch(stage.path(), { claimDays: 14 });
    await stage.enter(5);
    await stage.close();
    await stage.draw(1, 1);
    const tagged = async () => {
      const { body } = await stage.owner.get(`/api/contacts?tag=won-${stage.key}`);
      return body.items.map(({ id }: { id: string }) => id);
    };
    const [first, second] = (await stage.winners()).map(({ contactId }) => contactId);
    expect(await tagged()).toEqual([first]);
    expect((await stage.winners())[0]?.claimBy).toBe(new Date(stage.clock.now() + 14 * DAY).toISOString());
    await stage.owner.post(stage.path('/draws/1/winners/1/claim'), { claimed: true });
    const replace = (place: number) =>
      stage.owner.post(stage.path(`/draws/1/winners/${place}/replace`), { because: 'Did not answer' });
    expect(codeOf(await replace(1))).toEqual([409, 'winner.claimed']);
    await stage.owner.post(stage.path('/draws/1/winners/1/claim'), { claimed: false });
    expect((await replace(1)).body).toEqual({ place: 2 });
    expect(await tagged()).toEqual([second]);
    expect(codeOf(await replace(1))).toEqual([409, 'winner.status']);
    // No reserve is left: whoever would have been drawn next.
    expect((await replace(2)).body).toEqual({ place: 3 });
    for (const place of [3, 4]) expect((await replace(place)).body).toEqual({ place: place + 1 });
    expect((await replace(5)).body).toEqual({ place: null });
    expect((await stage.winners()).map(({ status }) => status)).toEqual(Array(5).fill('replaced'));
    expect((await verify()).code).toBe(0);
    const { body: deeds }: { body: ContestDeed[] } = await stage.owner.get(stage.path('/deeds'));
    expect(deeds.map(({ deed }) => deed).slice(-5)).toEqual(['drawn', 'listed', 'closed', 'changed', 'made']);
    expect(deeds[0]).toMatchObject({ deed: 'replaced', words: 'Did not answer' });
  });

  test('is held again only with a reason, without those who won', async () => {
    await stage.enter(3);
    await stage.close();
    await stage.draw(1, 0);
    const [winner] = await stage.winners();
    expect(codeOf(await stage.owner.post(stage.path('/draws'), { winners: 1 }))).toEqual([
      422,
      'draw.reason-needed',
    ]);
    expect(await stage.draw(2, 0, { because: 'The second prize' })).toBe(2);
    expect((await stage.winners(2)).map(({ contactId }) => contactId)).not.toContain(winner?.contactId);
    expect(await stage.winners(2)).toHaveLength(2);
    expect((await verify(2)).code).toBe(0);
    expect((await verify(1)).code).toBe(0);
  });

  test('withdraws a list with the same seal, and changes nothing of who takes part while one is fixed', async () => {
    const { seal } = await stage.show();
    const [person] = await stage.enter(3);
    await stage.close();
    await stage.owner.post(stage.path('/draws'), { winners: 1 });
    await stage.listFixed();
    for (const refused of [
      await stage.owner.post(stage.path('/draws'), { winners: 1 }),
      await stage.owner.post(stage.path(`/entries/${person}/leave-out`), { because: 'Too late for that' }),
      await stage.owner.patch(stage.path(), { closesAt: null }),
    ])
      expect(codeOf(refused)).toEqual([409, 'contest.listed']);
    expect((await stage.owner.delete(stage.path('/draws/1'))).status).toBe(204);
    const after = await stage.show();
    expect([after.status, after.seal, after.draws]).toEqual(['closed', seal, []]);
  });
});

describe('a large list', () => {
  test('is fixed bit by bit, goes on after a fault, and holds what changes it', async () => {
    const listings = stage.server.app.get(Listings);
    const workOnce = listings.workOnce.bind(listings);
    const idle = jest.spyOn(listings, 'workOnce').mockResolvedValue(false);
    const ids = await stage.enter(12_001);
    await stage.query("update contacts set tags = '{staff}' where id = any($1)", [[ids[3], ids[12_000]]]);
    await stage.owner.patch(stage.path(), { excludedTags: ['staff'] });
    await stage.close();
    const asked = await stage.owner.post(stage.path('/draws'), { winners: 2, reserves: 1 });
    expect([asked.status, asked.body]).toEqual([201, { number: 1 }]);
    await workOnce();
    const bit = { number: 1, looked: 5_000, entries: 4_999, leftOut: [{ reason: 'tag', entries: 1 }] };
    expect(await stage.show()).toMatchObject({
      status: 'listing',
      draws: [],
      listing: { ...bit, trouble: null },
    });
    expect(codeOf(await stage.owner.post(stage.path('/draws'), { winners: 1 }))).toEqual([
      409,
      'contest.listed',
    ]);
    const [first] = ids;
    const out = await stage.owner.post(stage.path(`/entries/${first}/leave-out`), {
      because: 'Too late for that',
    });
    expect(codeOf(out)).toEqual([409, 'contest.listed']);
    expect(codeOf(await stage.owner.post(stage.path('/draws/1/hold')))).toEqual([404, 'draw.not-found']);
    // Terms count as they were when it was asked for.
    expect((await stage.owner.patch(stage.path(), { excludedTags: [] })).status).toBe(204);
    const failing = jest
      .spyOn(stage.server.app.get(EntryList), 'goOn')
      .mockRejectedValueOnce(new Error('A fault.'));
    await expect(workOnce()).rejects.toThrow('A fault.');
    failing.mockRestore();
    expect(await stage.show()).toMatchObject({ listing: { ...bit, trouble: 'fault' } });
    expect(await workOnce()).toBe(false);
    stage.clock.advance(30_000);
    idle.mockRestore();
    await stage.listFixed();
    const { status, listing, draws } = await stage.show();
    expect([status, listing, draws[0]?.entries]).toEqual(['listed', null, 11_999]);
    expect(draws[0]?.leftOut).toEqual([{ reason: 'tag', entries: 2 }]);
    const list = (await stage.owner.get(stage.path('/draws/1/list'))).text;
    const right = ids.filter((_, n) => n !== 3 && n !== 12_000).sort();
    expect(list).toBe(right.map((id) => `${id}\n`).join(''));
    expect(draws[0]?.fingerprint).toBe(createHash('sha256').update(list).digest('hex'));
    expect((await stage.owner.post(stage.path('/draws/1/hold'))).status).toBe(204);
    expect((await verify()).code).toBe(0);
  });

  test('that nobody is on says so, and is withdrawn', async () => {
    const { seal } = await stage.show();
    await stage.enter(2, () => `+4915112346${String(100 + stage.made++)}`);
    await stage.owner.patch(stage.path(), { countries: ['GB'] });
    await stage.close();
    await stage.owner.post(stage.path('/draws'), { winners: 1 });
    await stage.listFixed();
    expect((await stage.show()).listing).toMatchObject({
      trouble: 'nobody',
      leftOut: [{ reason: 'country', entries: 2 }],
    });
    expect((await stage.owner.delete(stage.path('/draws/1'))).status).toBe(204);
    expect(await stage.show()).toMatchObject({ status: 'closed', seal, listing: null, draws: [] });
    await stage.owner.patch(stage.path(), { countries: [] });
    await stage.draw(1, 0);
    expect((await stage.show()).draws[0]).toMatchObject({ entries: 2, leftOut: [] });
  });
});

// Last: afterwards only the server's own connections, which know the key of prints, can add contacts.
describe('a draw of the past', () => {
  test('stays provable when somebody who was drawn is forgotten', async () => {
    await stage.enter(4);
    await stage.close();
    await stage.draw(1, 1);
    const [winner] = await stage.winners();
    await stage.owner.post(stage.path('/draws/1/winners/1/replace'), {
      because: 'Wrote that they moved to Lisbon',
    });
    expect((await stage.owner.delete(`/api/contacts/${winner?.contactId}`)).status).toBe(204);
    expect((await stage.winners())[0]).toMatchObject({
      phone: null,
      name: null,
      because: null,
      status: 'replaced',
    });
    const { body: deeds } = await stage.owner.get(stage.path('/deeds'));
    expect(JSON.stringify(deeds)).not.toContain('Lisbon');
    expect((await verify()).code).toBe(0);
  });
});
