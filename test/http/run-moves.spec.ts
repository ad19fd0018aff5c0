import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import type { WaitingPlace } from '#server/run-moves/movable-places.ts';
import { type ClaimedMove, claimMove, moveBatch } from '#server/run-moves/move-batch.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { RunMover } from '#server/run-moves/run-mover.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';
import type { RunMove } from '#shared/api/run-moves.ts';
import { signInAsOwner } from '../support/api-client.ts';
import { stageDemo } from '../support/demo-stage.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

let workspaceId: string;
let flow: string;
const clock = new ManualClock('2026-03-05T15:00:00Z');
const stage = stageDemo({ clock });
const query = (text: string, values: unknown[] = []) => stage.server.database.source.query(text, values);

/** Two questions; the second version words them anew, and has another second one. */
function drawing(word: string, version: 1 | 2, timeout: string | null = '24h') {
  const second = version === 1 ? 'colour' : 'shade';
  const question = (text: string, saveAs: string) => ({ text, answers: [], saveAs, timeout: '24h' });
  return {
    schemaVersion: 1,
    name: word,
    languages: ['en'],
    triggers: [{ kind: 'keyword', words: [word], match: 'exact', sender: '*' }],
    nodes: [
      {
        id: 'name',
        kind: 'question',
        config: {
          ...question(version === 1 ? 'Name?' : 'Your name?', 'name'),
          timeout: timeout ?? undefined,
        },
      },
      {
        id: second,
        kind: 'question',
        config: question(`v${version} ${second}, {{answers.name}}?`, 'colour'),
      },
      { id: 'late', kind: 'message', config: { text: `v${version} late`, purpose: 'service' } },
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: [
      { from: 'name', port: 'answered', to: second },
      ...(timeout === null ? [] : [{ from: 'name', port: 'timeout', to: 'late' }]),
      { from: second, port: 'answered', to: 'done' },
      { from: second, port: 'timeout', to: 'done' },
      { from: 'late', port: 'next', to: 'done' },
    ],
    start: 'name',
  };
}

const HOUR = 3_600_000;
const phoneOf = (n: number): string => `+4477009${String(10_000 + n)}`;
const move = (body: object) => stage.owner.post(`/api/flows/${flow}/moves`, body);
const moves = async (): Promise<RunMove[]> => (await stage.owner.get(`/api/flows/${flow}/moves`)).body;
const work = () => stage.server.app.get(RunMover).workDue();
const standing = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await query(
        `select v.number || ' ' || r.node as at, count(*)::int as people from runs r join flow_versions v on v.id = r.version_id
         where r.flow_id = $1 group by 1`,
        [flow],
      )
    ).map(({ at, people }: { at: string; people: number }) => [at, people]),
  );

beforeAll(async () => {
  workspaceId = await stage.workspaceId();
});
/** Waits until nothing is queued any more. */
const allSent = () =>
  until(async () => {
    await stage.server.app.get(OutboxService).sendDue();
    return (await query('select from outbox')).length === 0;
  });

let word = 0;
let first = 0;
/** Twelve people on version 1, four of them at its second question; then version 2 is published. */
beforeEach(async () => {
  const keyword = `MOVE${++word}`;
  flow = await stage.publish(drawing(keyword, 1));
  first += 12;
  for (let n = 0; n < 12; n++) await stage.says(phoneOf(first + n), keyword);
  for (let n = 0; n < 4; n++) await stage.says(phoneOf(first + n), 'Ada');
  await publishNext(2);
});

/** Another version of the flow. */
const publishNext = (number: number, timeout?: string | null) =>
  query(
    `with v as (insert into flow_versions (id, workspace_id, flow_id, number, definition, published_at)
       values (gen_random_uuid(), $1, $2, $3, $4, now()) returning id)
     update flows set version_id = v.id from v where flows.id = $2`,
    [workspaceId, flow, number, JSON.stringify(drawing(`MOVE${word}`, 2, timeout))],
  );
/** How many wait at the first question until when, from now on, in hours; null for those who wait for ever. */
const waits = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await query(
        `select coalesce(round(extract(epoch from wake_at - $2::timestamptz) / 3600)::text, 'ever') as hours, count(*)::int as people
         from runs where flow_id = $1 and node = 'name' group by 1`,
        [flow, new Date(clock.now())],
      )
    ).map(({ hours, people }: { hours: string; people: number }) => [hours, people]),
  );

/** A move of the first question that a node has claimed for so many milliseconds, so that no other works on it. */
async function beginMove(claimedMs: number): Promise<string> {
  const [{ id }] = await query(
    `insert into run_moves (workspace_id, id, flow_id, from_version_id, to_version_id, nodes, status, leased_until, created_at)
     select $1, gen_random_uuid(), $2, a.id, b.id, '{name}', 'running', $3, $4 from flow_versions a, flow_versions b
     where a.flow_id = $2 and a.number = 1 and b.flow_id = $2 and b.number = 2 returning id`,
    [workspaceId, flow, new Date(clock.now() + claimedMs), new Date(clock.now())],
  );
  return id;
}

const claimedMove = async (id: string): Promise<ClaimedMove> =>
  (await query('select * from run_moves where id = $1', [id]))[0];

/** What the node that has claimed it does next, at that time: one batch. */
async function oneBatch(move: ClaimedMove, at: number): Promise<void> {
  const { from_version_id: fromVersionId, to_version_id: toVersionId } = move;
  const movable = (places: readonly WaitingPlace[]) =>
    places
      .filter(({ node }) => node === 'name')
      .map((place) => ({ ...place, wait: { do: 'keep' } as const }));
  const passage = { move, fromVersionId, toVersionId, movable, numbers: { from: 1, to: 2 } };
  await clientTransaction(stage.server.database.source, (client) => moveBatch(client, passage, at));
}

describe('people who wait', () => {
  test('stay on their version until somebody moves them, and it is said before what would become of them', async () => {
    expect(await stage.says(phoneOf(first + 4), 'Bo')).toEqual(['v1 colour, Bo?']);
    const { body } = await stage.owner.get(`/api/flows/${flow}/moves/rehearsal?from=1&to=2`);
    expect(body.steps).toMatchObject([
      { node: 'name', people: 7, verdict: 'changed', changes: ['config', 'lines'] },
      { node: 'colour', people: 5, verdict: 'gone', changes: [] },
    ]);
  });

  test('go on with the new version where it has their place; their answer, wake-up and trail go along', async () => {
    expect((await move({ from: 1, to: 2 })).status).toBe(201);
    await work();
    expect(await standing()).toEqual({ '1 colour': 4, '2 name': 8 });
    expect(await moves()).toMatchObject([{ from: 1, to: 2, status: 'done', moved: 8, undone: 0 }]);
    expect(await stage.says(phoneOf(first + 5), 'Cy')).toEqual(['v2 shade, Cy?']);
    expect(await stage.says(phoneOf(first), 'red')).toEqual([]);
    const [run] = await query(`select id from runs where flow_id = $1 and node = 'name' limit 1`, [flow]);
    const { body } = await stage.owner.get(`/api/runs/${run.id}`);
    expect(body.trail.at(-1).steps).toEqual([{ do: 'moved', from: 1, to: 2 }]);
    clock.advance(24 * 3_600_000);
    await stage.server.app.get(WakeClock).fireDue();
    const texts = await query(
      `select distinct o.text from outbound o join runs r on r.id = o.run_id where r.flow_id = $1 and o.text like '%late'`,
      [flow],
    );
    expect(texts).toEqual([{ text: 'v2 late' }]);
    stage.owner = await signInAsOwner(stage.server);
  });

  test('wait as long as the version they go on with says, from when they began, and as before when taken back', async () => {
    await publishNext(3, '48h');
    await publishNext(4, null);
    clock.advance(HOUR);
    expect(await waits()).toEqual({ 23: 8 });
    const { body } = await stage.owner.get(`/api/flows/${flow}/moves/rehearsal?from=1&to=3`);
    expect(body.steps[0].wait).toEqual({ do: 'shift', seconds: 24 * 3_600 });
    await move({ from: 1, to: 3 });
    await work();
    expect(await waits()).toEqual({ 47: 8 });
    await move({ from: 3, to: 4 });
    await work();
    expect(await waits()).toEqual({ ever: 8 });
    const [last] = await moves();
    expect(last).toMatchObject({ from: 3, to: 4 });
    await stage.owner.post(`/api/flows/${flow}/moves/${last?.id}/undo`);
    await work();
    expect(await waits()).toEqual({ 47: 8 });
    await move({ from: 3, to: 4 });
    await work();
    clock.advance(HOUR);
    await move({ from: 4, to: 1 });
    await work();
    expect(await waits()).toEqual({ 24: 8 });
    stage.owner = await signInAsOwner(stage.server);
  });

  test('go on at once where they have waited long enough by then', async () => {
    await publishNext(3, '2h');
    clock.advance(3 * HOUR);
    await move({ from: 1, to: 3 });
    await work();
    await stage.server.app.get(WakeClock).fireDue();
    expect(await standing()).toEqual({ '1 colour': 4, '3 $ended': 8 });
    stage.owner = await signInAsOwner(stage.server);
  });

  test.each([
    ['as long', '24h'],
    ['longer', '48h'],
    ['shorter', '12h'],
  ])(
    'are taken back with the time they have since what they are asked went out late, where they waited %s',
    async (_, timeout) => {
      await publishNext(3, timeout);
      const late = phoneOf(first + 4);
      await allSent();
      await query('update workspaces set sending_stopped = true');
      await stage.says(late, 'HELP');
      // It will not be too old to go out.
      await query('update outbox set queued_at = $1', [new Date(clock.now() + 60 * HOUR)]);
      await move({ from: 1, to: 3 });
      await work();
      clock.advance(60 * HOUR);
      await stage.server.app.get(WakeClock).fireDue();
      await query('update workspaces set sending_stopped = false');
      await allSent();
      clock.advance(HOUR);
      stage.owner = await signInAsOwner(stage.server);
      const [made] = await moves();
      expect((await stage.owner.post(`/api/flows/${flow}/moves/${made?.id}/undo`)).status).toBe(204);
      await work();
      expect((await moves())[0]).toMatchObject({ status: 'undone', undone: 1 });
      await stage.server.app.get(WakeClock).fireDue();
      expect(await waits()).toEqual({ 23: 1 });
      expect(await stage.says(late, 'Hal')).toEqual(['v1 colour, Hal?']);
    },
  );

  test('are counted as long as a move rests: those it has still to come to, of the steps it is about', async () => {
    const id = await beginMove(60_000);
    // Somebody had just claimed it.
    const claimed = await claimedMove(id);
    await stage.owner.post(`/api/flows/${flow}/moves/${id}/pause`);
    await oneBatch(claimed, clock.now());
    expect(await moves()).toMatchObject([{ status: 'paused', moved: 0, left: 8 }]);
    expect((await stage.owner.post(`/api/flows/${flow}/moves/${id}/resume`)).status).toBe(204);
    await work();
    expect(await moves()).toMatchObject([{ status: 'done', moved: 8, left: 0 }]);
  });

  test('are left to a node that knows both versions by one whose release does not', async () => {
    const id = await beginMove(0);
    const knowsNone = { load: () => Promise.resolve(new Map()) };
    const live = { changed: () => undefined };
    const { source } = stage.server.database;
    const older = new RunMover(source, knowsNone as never, clock, createLog('silent'), live as never);
    const turn = async (mover: RunMover) => {
      await mover.workDue();
      clock.advance(60_000);
      return (await moves())[0];
    };
    expect(await turn(older)).toMatchObject({ status: 'running', moved: 0, left: 8 });
    expect(await turn(stage.server.app.get(RunMover))).toMatchObject({ status: 'done', moved: 8 });
    await stage.owner.post(`/api/flows/${flow}/moves/${id}/undo`);
    await work();
    expect((await moves())[0]).toMatchObject({ status: 'undone', undone: 8 });
  });

  test('are moved in turn with those of other flows, however many wait in the first', async () => {
    // Claimed for a minute, so that no other node works on them; they are asked for as if that was over.
    const inOne = await beginMove(60_000);
    const [{ id: inAnother }] = await query(
      `insert into run_moves (workspace_id, id, flow_id, from_version_id, to_version_id, nodes, status, leased_until, created_at)
       select m.workspace_id, gen_random_uuid(), f.id, m.from_version_id, m.to_version_id, m.nodes, m.status, m.leased_until,
         m.created_at + interval '1 second' from run_moves m, flows f
       where m.id = $1 and f.workspace_id = m.workspace_id and f.id <> m.flow_id limit 1 returning id`,
      [inOne],
    );
    const claim = async (seconds: number) => {
      const at = clock.now() + 60_000 + seconds * 1_000;
      return await clientTransaction(stage.server.database.source, (client) => claimMove(client, at));
    };
    expect((await claim(1))?.id).toBe(inOne);
    // Its first batch is through, and more are to come.
    await query('update run_moves set leased_until = $2 where id = $1', [
      inOne,
      new Date(clock.now() + 61_000),
    ]);
    expect((await claim(2))?.id).toBe(inAnother);
    await query('delete from run_moves where id = any($1)', [[inOne, inAnother]]);
  });

  test('in a crowd are moved batch by batch: paused between two they stand on both versions, and go on or come back whole', async () => {
    await query(
      `with person as (insert into contacts (workspace_id, id, phone, created_at)
         select $1, gen_random_uuid(), '+4478' || $3 || lpad(n::text, 6, '0'), now() from generate_series(1, 1192) n returning id)
       insert into runs (workspace_id, id, contact_id, sender_id, flow_id, version_id, status, node, place, context, seq, wake_at, started_at)
       select workspace_id, gen_random_uuid(), p.id, sender_id, flow_id, version_id, status, node, place, context, seq, wake_at, started_at
       from person p, (select * from runs where flow_id = $2 and node = 'name' limit 1) r`,
      [workspaceId, flow, String(10 + word)],
    );
    const standAt = { '1 colour': 4, '1 name': 1_200 };
    expect(await standing()).toEqual(standAt);
    for (const then of ['resume', 'undo']) {
      const id = await beginMove(60_000);
      await oneBatch(await claimedMove(id), clock.now() + 60_000);
      expect((await stage.owner.post(`/api/flows/${flow}/moves/${id}/pause`)).status).toBe(204);
      const [rests] = await moves();
      expect(rests).toMatchObject({ status: 'paused', moved: expect.any(Number) });
      // Some of the batch wait at the step that is not moved.
      expect(rests?.moved).toBeGreaterThan(490);
      expect(rests?.left).toBe(1_200 - (rests?.moved ?? 0));
      clock.advance(60_000);
      await work();
      expect(await standing()).toEqual({ '1 colour': 4, '1 name': rests?.left, '2 name': rests?.moved });
      expect((await stage.owner.post(`/api/flows/${flow}/moves/${id}/${then}`)).status).toBe(204);
      await work();
      if (then === 'resume') {
        expect((await moves())[0]).toMatchObject({ status: 'done', moved: 1_200, left: 0 });
        expect(await standing()).toEqual({ '1 colour': 4, '2 name': 1_200 });
        expect((await stage.owner.post(`/api/flows/${flow}/moves/${id}/undo`)).status).toBe(204);
        await work();
      }
      expect((await moves())[0]).toMatchObject({ status: 'undone' });
      expect(await standing()).toEqual(standAt);
    }
  });

  test('are taken back, also those who have gone on, but not those who have ended or stand where there is no way back', async () => {
    const { body: made } = await move({ from: 1, to: 2, nodes: ['name'] });
    await work();
    await stage.says(phoneOf(first + 4), 'Dee');
    await stage.says(phoneOf(first + 5), 'Eve');
    await stage.says(phoneOf(first + 5), 'blue');
    expect((await stage.owner.post(`/api/flows/${flow}/moves/${made.id}/undo`)).status).toBe(204);
    await work();
    expect(await standing()).toEqual({ '1 colour': 4, '1 name': 6, '2 shade': 1, '2 $ended': 1 });
    expect(await moves()).toMatchObject([{ status: 'undone', moved: 8, undone: 6 }]);
    expect(await stage.says(phoneOf(first + 6), 'Fay')).toEqual(['v1 colour, Fay?']);
    const again = await stage.owner.post(`/api/flows/${flow}/moves/${made.id}/undo`);
    expect([again.status, again.body.error.code]).toEqual([409, 'move.status']);
  });

  test('are moved while they text: everybody is answered once, by one version or the other', async () => {
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, (_, n) => stage.says(phoneOf(first + 4 + n), 'Gus'))),
      move({ from: 1, to: 2 }).then(work),
    ]);
    for (const replies of answers) {
      expect(replies).toHaveLength(1);
      expect(['v1 colour, Gus?', 'v2 shade, Gus?']).toContain(replies[0]);
    }
    const now = await standing();
    expect((now['1 colour'] ?? 0) + (now['2 shade'] ?? 0)).toBe(12);
  });

  test('are moved once at a time, to a version that is another and exists', async () => {
    const code = async (body: object) => (await move(body)).body.error?.code;
    expect(await code({ from: 1, to: 1 })).toBe('move.same-version');
    expect(await code({ from: 1, to: 7 })).toBe('flow.version-not-found');
    const both = await Promise.all([move({ from: 1, to: 2 }), move({ from: 2, to: 1 })]);
    // The first may be through before the second is asked for; that none begins beside one under way is held to below.
    expect(both.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const made = both.find(({ status }) => status === 201)?.body;
    await work();
    await query(`update run_moves set status = 'paused' where id = $1`, [made.id]);
    expect(await code({ from: 1, to: 2 })).toBe('move.under-way');
    expect((await stage.owner.post(`/api/flows/${flow}/moves/${made.id}/resume`)).status).toBe(204);
    await work();
    const statuses = (await moves()).map(({ status }: { status: string }) => status);
    expect(new Set(statuses)).toEqual(new Set(['done']));
    const nobody = await stage.owner.post(
      `/api/flows/${flow}/moves/01980000-0000-7000-8000-000000000000/pause`,
    );
    expect([nobody.status, nobody.body.error.code]).toEqual([404, 'move.not-found']);
  });
});
