import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { CampaignsRepository } from '#server/campaigns/campaigns.repository.ts';
import { claimCampaign, putOff, release } from '#server/campaigns/campaign-work.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { Transactions } from '#server/database/transactions.ts';
import { OrdersRepository } from '#server/orders/orders.repository.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';
import { lockWaits } from './support/lock-waits.ts';

const PEOPLE = 160;

let database: TestDatabase;
let clock: ManualClock;
let workspace: TestWorkspace;
let nodes: { path: HotPath; work: CampaignClock }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
const closeNodes = async (): Promise<void> => {
  for (const { path, work } of nodes) {
    await work.onApplicationShutdown();
    await path.close();
  }
  nodes = [];
};
afterAll(async () => {
  await closeNodes();
  await database?.close();
});
beforeEach(async () => {
  await closeNodes();
  clock = new ManualClock();
  workspace = await createWorkspace(database.source, { flows: [lineFlow('HELLO', saying('Hello'))] });
  nodes = [await openNode(), await openNode()];
});

async function openNode(
  hold?: () => Promise<void>,
  changed: () => void = () => undefined,
): Promise<{ path: HotPath; work: CampaignClock }> {
  const { source } = database;
  const path = await openHotPath(database.url, workspace, clock, hold);
  const log = createLog('silent');
  const flows = new FlowCache(source, log);
  const live = { changed };
  const orders = new OrdersRepository(source);
  return { path, work: new CampaignClock(source, clock, log, path.inbound, flows, orders, live as never) };
}

const query = (text: string, values: unknown[] = []) => database.source.query(text, values);

async function scheduled(people = PEOPLE): Promise<string> {
  const id = newId(clock.now());
  const { id: workspaceId, senderId } = workspace;
  await query(
    `insert into contacts (workspace_id, id, phone, tags, created_at)
     select $1, gen_random_uuid(), phone, '{all}', $3 from unnest($2::text[]) phone`,
    [workspaceId, Array.from({ length: people }, (_, n) => phoneOf(n)), new Date(clock.now())],
  );
  await query(
    `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
       status, starts_at, next_at, leased_until, created_at)
     select $1, $2, $2, 'All', f.id, f.version_id, $3, '{"kind":"tag","tag":"all"}', 60000, '{"kind":"now"}', 'scheduled', $4, $4, $4, $4
     from flows f where f.workspace_id = $1`,
    [workspaceId, id, senderId, new Date(clock.now())],
  );
  return id;
}

/** The same once more. */
async function again(id: string): Promise<string> {
  const copy = newId(clock.now());
  await query(
    `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
       status, starts_at, next_at, leased_until, created_at)
     select workspace_id, $2, $2, name, flow_id, version_id, sender_id, audience, per_minute, schedule, status,
       starts_at, next_at, leased_until, created_at from campaigns where id = $1`,
    [id, copy],
  );
  return copy;
}

const standing = async (id: string) => {
  const [row] = await query(
    `select c.status, c.people, (select count(*)::int from orders o where o.campaign_id = c.id and o.outcome = 'started') as started,
       (select count(*)::int from runs r where r.workspace_id = c.workspace_id) as runs,
       (select count(*)::int from outbound m where m.workspace_id = c.workspace_id) as texts
     from campaigns c where c.id = $1`,
    [id],
  );
  return row;
};
const ALL = { status: 'done', people: PEOPLE, started: PEOPLE, runs: PEOPLE, texts: PEOPLE };

/** Nobody gets on with writing people down; what it returns lets them go on. */
async function holdOrders(): Promise<() => Promise<void>> {
  const holder = database.source.createQueryRunner();
  await holder.startTransaction();
  await holder.query('lock table orders in share mode');
  return async () => {
    await holder.rollbackTransaction();
    await holder.release();
  };
}

async function untilDone(id: string, step: () => Promise<unknown>) {
  for (let n = 0; n < 60 && (await standing(id)).status !== 'done'; n++) {
    await step();
    clock.advance(1_000);
  }
  return standing(id);
}

describe('a campaign that several nodes work on', () => {
  test('begins with everybody once, though its lease has run out under a node that is still at it', async () => {
    const id = await scheduled();
    const everywhere = () => Promise.all(nodes.map(({ work }) => work.workDue()));
    const steal = () =>
      query('update campaigns set leased_until = $2, next_at = $2 where id = $1', [
        id,
        new Date(clock.now() - 1),
      ]);
    const result = await untilDone(id, () =>
      Promise.all([everywhere(), steal(), new Promise(setImmediate).then(steal)]),
    );
    expect(result).toEqual(ALL);
  });

  test('goes on after a node died in the middle, on another', async () => {
    const id = await scheduled();
    const [first, second] = nodes;
    await first?.work.workDue();
    // It died while it held the campaign, with orders queued that were never decided.
    await query('update campaigns set leased_until = $2 where id = $1', [id, new Date(clock.now() + 60_000)]);
    await second?.work.workDue();
    expect((await standing(id)).status).toBe('running');
    clock.advance(60_000);
    expect(await untilDone(id, () => second?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
  });

  test('stays with whoever claimed it since, when a node comes back that stood still past its lease', async () => {
    const id = await scheduled();
    await nodes[0]?.work.workDue();
    await query('update campaigns set next_at = $2 where id = $1', [id, new Date(clock.now())]);
    const inDatabase = <Result>(work: (client: PoolClient) => Promise<Result>) =>
      clientTransaction(database.source, work);
    const claim = () => inDatabase((client) => claimCampaign(client, clock.now()));
    const stale = await claim();
    clock.advance(61_000);
    const held = await claim();
    if (!stale || !held) throw new Error('It could not be claimed.');
    const leases = async () =>
      (await query('select status, leased_until, next_at, tries from campaigns where id = $1', [id]))[0];
    const before = await leases();
    const now = clock.now();
    const done = { now, nextAt: now + 1, status: 'done', trouble: null } as const;
    await inDatabase((client) => release(client, stale, done));
    await inDatabase((client) => putOff(client, stale, now));
    expect(await leases()).toEqual(before);
    await inDatabase((client) => release(client, held, { ...done, status: 'running' }));
    expect(await leases()).toMatchObject({ status: 'running', leased_until: new Date(now) });
  });

  test('goes on with the others while texts of whoever is next wait to be decided, and comes back to them', async () => {
    const id = await scheduled();
    await query('update campaigns set per_minute = 60 where id = $1', [id]);
    const goOn = async (seconds: number) => {
      for (let n = 0; n < seconds; n++) {
        await nodes[0]?.work.workDue();
        clock.advance(1_000);
      }
    };
    await goOn(1);
    await query(
      `insert into backlog (workspace_id, contact_id, inbound_id, shard, gateway_id)
       select c.workspace_id, c.id, c.id, 0, $2 from contacts c where c.workspace_id = $3 and c.phone = (
         select phone from orders where campaign_id = $1 and outcome is null order by due_at, id limit 1)`,
      [id, workspace.gatewayId, workspace.id],
    );
    await goOn(9);
    expect((await standing(id)).started).toBeGreaterThan(4);
    await query('delete from backlog where workspace_id = $1', [workspace.id]);
    await goOn(PEOPLE);
    expect(await standing(id)).toEqual(ALL);
  });

  test('is cancelled to the end, whoever died while people were left out', async () => {
    const id = await scheduled();
    const [first, second] = nodes;
    await query('update campaigns set per_minute = 600 where id = $1', [id]);
    await first?.work.workDue();
    // The first step of cancelling; whoever took it died.
    await query(`update campaigns set status = 'cancelled', leaving_out = true where id = $1`, [id]);
    await second?.work.workDue();
    const { status, started } = await standing(id);
    expect([status, started]).toEqual(['cancelled', 10]);
    const [{ left, waiting }] = await query(
      `select count(*) filter (where outcome = 'left-out')::int as left, count(*) filter (where outcome is null)::int as waiting
       from orders where campaign_id = $1`,
      [id],
    );
    expect([left, waiting]).toEqual([PEOPLE - 10, 0]);
    expect((await query('select leaving_out from campaigns where id = $1', [id]))[0].leaving_out).toBe(false);
  });

  test('is cancelled while people are being begun with: each is texted or left out', async () => {
    const id = await scheduled();
    const [first, second] = nodes;
    const going = first?.work.workDue();
    while ((await standing(id)).status === 'scheduled') await new Promise(setImmediate);
    await query(`update campaigns set status = 'cancelled', leaving_out = true where id = $1`, [id]);
    await second?.work.leaveOutAll({ workspace_id: workspace.id, id });
    const over = await standing(id);
    await going;
    expect(await standing(id)).toEqual(over);
    expect(over.texts).toBe(over.started);
    const [{ left }] = await query(
      `select count(*)::int as left from orders where campaign_id = $1 and outcome = 'left-out'`,
      [id],
    );
    expect(left + over.started).toBe(PEOPLE);
  });

  test('is paused though it begins at this very moment', async () => {
    const id = await scheduled();
    const campaigns = new CampaignsRepository(new Transactions(database.source));
    expect(await campaigns.pause(workspace.id, id)).toBe(false);
    const goOn = await holdOrders();
    const round = nodes[0]?.work.workDue();
    await until(async () => (await lockWaits(database.source)) === 1);
    let isTold = false;
    const paused = campaigns.pause(workspace.id, id).finally(() => {
      isTold = true;
    });
    await until(async () => isTold || (await lockWaits(database.source)) === 2);
    await goOn();
    expect(await paused).toBe(true);
    await round;
    expect(await standing(id)).toMatchObject({ status: 'paused', people: PEOPLE });
  });

  test('begins with nobody more once it is paused, whoever is queued by then', async () => {
    const id = await scheduled();
    const campaigns = new CampaignsRepository(new Transactions(database.source));
    const hold = async (): Promise<void> => {
      await campaigns.pause(workspace.id, id);
    };
    nodes.push(await openNode(hold));
    await nodes[2]?.work.workDue();
    expect(await standing(id)).toMatchObject({ status: 'paused', started: 0, texts: 0 });
    const nextAt = new Date(clock.now());
    expect(await campaigns.move(workspace.id, id, ['paused'], 'running', { nextAt })).toBe(true);
    expect(await untilDone(id, async () => nodes[0]?.work.workDue())).toEqual(ALL);
  });

  test('of a crowd is under way, and is paused, while its people are written down, and goes on with the others', async () => {
    const crowd = 30_000;
    const id = await scheduled(crowd);
    const campaigns = new CampaignsRepository(new Transactions(database.source));
    const round = nodes[0]?.work.workDue();
    await until(async () => (await standing(id)).status === 'running');
    expect(await campaigns.pause(workspace.id, id)).toBe(true);
    await round;
    const paused = await standing(id);
    expect([paused.status, paused.people < crowd, paused.started]).toEqual(['paused', true, 0]);
    // Whoever takes it up again may be another node, and two at once.
    await campaigns.move(workspace.id, id, ['paused'], 'running');
    await Promise.all(nodes.map(({ work }) => work.workDue()));
    const { people, started } = await standing(id);
    expect([people, started > 0]).toEqual([crowd, true]);
    const [{ orders, persons }] = await query(
      'select count(*)::int as orders, count(distinct phone)::int as persons from orders where campaign_id = $1',
      [id],
    );
    expect([orders, persons]).toEqual([crowd, crowd]);
    await campaigns.cancel(workspace.id, id, new Date(clock.now()));
    await nodes[0]?.work.leaveOutAll({ workspace_id: workspace.id, id });
  });

  test('ends its series when it is cancelled, also while the next of it begins', async () => {
    const first = await scheduled();
    const second = await again(first);
    await query(
      `update campaigns set series_id = $1, number = case when id = $1 then 1 else 2 end,
         status = case when id = $1 then 'paused' else status end, schedule = $3 where id = any($2)`,
      [first, [first, second], { kind: 'every', every: 'day', at: '2026-02-28T12:00', zone: 'workspace' }],
    );
    // The next one has begun by then.
    const goOn = await holdOrders();
    const round = nodes[0]?.work.workDue();
    await until(async () => (await lockWaits(database.source)) === 1);
    const campaigns = new CampaignsRepository(new Transactions(database.source));
    const cancelled = campaigns.cancel(workspace.id, first, new Date(clock.now()));
    await until(async () => (await lockWaits(database.source)) === 2);
    await goOn();
    expect(await cancelled).toBe(true);
    await round;
    await nodes[1]?.work.workDue();
    const series = await query(
      'select number, status, leaving_out from campaigns where series_id = $1 order by number',
      [first],
    );
    expect(series).toEqual([1, 2, 3].map((number) => ({ number, status: 'cancelled', leaving_out: false })));
    const [{ left }] = await query(
      'select count(*)::int as left from orders where workspace_id = $1 and outcome is null',
      [workspace.id],
    );
    expect(left).toBe(0);
  });

  test('begins at its time, though another that cannot keep its pace is worked on without a pause', async () => {
    const busy = await scheduled();
    const next = await again(busy);
    await query('update campaigns set per_minute = 600 where id = $1', [busy]);
    const startsAt = clock.now() + 3_000;
    await query('update campaigns set starts_at = $2, next_at = $2 where id = $1', [
      next,
      new Date(startsAt),
    ]);
    // Each helping takes as long as it may.
    const slow = await openNode(undefined, () => clock.advance(1_000));
    nodes.push(slow);
    await slow.work.workDue();
    expect((await standing(busy)).status).toBe('done');
    const [{ late }] = await query(
      'select (extract(epoch from began_at) * 1000)::float8 - $2 as late from campaigns where id = $1',
      [next, startsAt],
    );
    expect(late).toBeLessThanOrEqual(1_000);
  });

  test('that cannot begin stops no other, says so, and begins once it can', async () => {
    const bad = await scheduled();
    const good = await again(bad);
    // Whom it is for cannot be read; it is the first in the row.
    const isFor = (kind: string) =>
      query(`update campaigns set audience = $2, starts_at = starts_at - interval '1 second' where id = $1`, [
        bad,
        { kind, tag: 'all' },
      ]);
    await isFor('nobody-knows');
    await nodes[0]?.work.workDue();
    const [{ status, trouble, tries, wait }] = await query(
      'select status, trouble, tries, (extract(epoch from next_at) * 1000)::float8 - $2 as wait from campaigns where id = $1',
      [bad, clock.now()],
    );
    expect([status, trouble, tries, wait]).toEqual(['scheduled', 'fault', 1, 1_000]);
    expect((await standing(good)).status).not.toBe('scheduled');
    clock.advance(2_000);
    await nodes[1]?.work.workDue();
    expect((await query('select tries from campaigns where id = $1', [bad]))[0].tries).toBe(2);
    await isFor('tag');
    await untilDone(bad, () => nodes[0]?.work.workDue() ?? Promise.resolve());
    const [mended] = await query('select status, trouble, tries from campaigns where id = $1', [bad]);
    expect(mended).toEqual({ status: 'done', trouble: null, tries: 0 });
  });

  test('whose version cannot be read stops no other that is under way', async () => {
    const good = await scheduled();
    const bad = await again(good);
    await query('update campaigns set per_minute = 1200 where id = $1', [good]);
    await nodes[0]?.work.workDue();
    await query(
      `with v as (insert into flow_versions (id, workspace_id, flow_id, number, definition, published_at)
         select gen_random_uuid(), workspace_id, flow_id, 2, '{}', now() from campaigns where id = $1 returning id)
       update campaigns k set version_id = v.id, status = 'running', next_at = $2, leased_until = $2 from v where k.id = $1`,
      [bad, new Date(clock.now() - 60_000)],
    );
    await query(
      `insert into orders (workspace_id, id, campaign_id, phone, due_at)
      values ($1, gen_random_uuid(), $2, $3, $4) on conflict do nothing`,
      [workspace.id, bad, phoneOf(9_999), new Date(clock.now())],
    );
    expect(await untilDone(good, () => nodes[0]?.work.workDue() ?? Promise.resolve())).toMatchObject({
      status: 'done',
      started: PEOPLE,
    });
    const [{ status, trouble }] = await query('select status, trouble from campaigns where id = $1', [bad]);
    expect([status, trouble]).toEqual(['running', 'fault']);
  });

  test('does not begin while all sending is stopped, and begins with everybody later: nothing has grown old meanwhile', async () => {
    const id = await scheduled();
    await query('update workspaces set sending_stopped = true where id = $1', [workspace.id]);
    for (const hours of [0, 100]) {
      clock.advance(hours * 3_600_000);
      await nodes[0]?.work.workDue();
      expect(await standing(id)).toMatchObject({ status: 'scheduled', people: 0, runs: 0 });
    }
    await query('update workspaces set sending_stopped = false where id = $1', [workspace.id]);
    expect(await untilDone(id, () => nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
  });

  test('stands still while all sending is stopped, and goes on at its pace', async () => {
    const id = await scheduled();
    await query('update campaigns set per_minute = 1200 where id = $1', [id]);
    await nodes[0]?.work.workDue();
    const { started } = await standing(id);
    expect(started).toBeLessThan(PEOPLE / 2);
    await query('update workspaces set sending_stopped = true where id = $1', [workspace.id]);
    clock.advance(100 * 3_600_000);
    await nodes[0]?.work.workDue();
    expect(await standing(id)).toMatchObject({ status: 'running', started, texts: started });
    await query('update workspaces set sending_stopped = false where id = $1', [workspace.id]);
    await nodes[0]?.work.workDue();
    expect((await standing(id)).started).toBeLessThan(PEOPLE / 2 + started);
    expect(await untilDone(id, () => nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
  });

  test('is not kept waiting by a clock that was set back', async () => {
    const id = await scheduled();
    await nodes[0]?.work.workDue();
    clock.advance(-3 * 3_600_000);
    await query('update orders set due_at = $2 where campaign_id = $1', [id, new Date(clock.now())]);
    expect(await untilDone(id, () => nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
  });

  test('meets people’s own texts in order: each is decided, nobody is begun with twice', async () => {
    const id = await scheduled();
    const [first, second] = nodes;
    const texting = Promise.all(
      Array.from({ length: PEOPLE }, (_, n) => (n % 2 ? second : first)?.path.says(phoneOf(n), 'STOP')),
    );
    await untilDone(id, () => first?.work.workDue() ?? Promise.resolve());
    expect((await texting).every((answer) => answer?.status === 'decided')).toBe(true);
    const rows: { outcome: string; texts: number }[] = await query(
      `select o.outcome, (select count(*)::int from outbound m where m.workspace_id = o.workspace_id and m.contact_id = o.contact_id
         and m.run_id is not null) as texts from orders o where o.campaign_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(PEOPLE);
    for (const { outcome, texts } of rows)
      expect([outcome, texts]).toEqual(outcome === 'stopped' ? ['stopped', 0] : ['started', 1]);
  });
});
