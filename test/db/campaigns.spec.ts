import { expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { claimCampaign, putOff, release } from '#server/campaigns/campaign-work.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { ALL, PEOPLE, stageCampaigns } from './support/campaign-nodes.ts';
import { phoneOf } from './support/hot-path.ts';

// A campaign that several nodes work on.

const stage = stageCampaigns();

test('begins with everybody once, though its lease has run out under a node that is still at it', async () => {
  const id = await stage.scheduled();
  const everywhere = () => Promise.all(stage.nodes.map(({ work }) => work.workDue()));
  const steal = () =>
    stage.query('update campaigns set leased_until = $2, next_at = $2 where id = $1', [
      id,
      new Date(stage.clock.now() - 1),
    ]);
  const result = await stage.untilDone(id, () =>
    Promise.all([everywhere(), steal(), new Promise(setImmediate).then(steal)]),
  );
  expect(result).toEqual(ALL);
});

test('goes on after a node died in the middle, on another', async () => {
  const id = await stage.scheduled();
  const [first, second] = stage.nodes;
  await first?.work.workDue();
  // It died while it held the campaign, with orders queued that were never decided.
  await stage.query('update campaigns set leased_until = $2 where id = $1', [
    id,
    new Date(stage.clock.now() + 60_000),
  ]);
  await second?.work.workDue();
  expect((await stage.standing(id)).status).toBe('running');
  stage.clock.advance(60_000);
  expect(await stage.untilDone(id, () => second?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
});

test('stays with whoever claimed it since, when a node comes back that stood still past its lease', async () => {
  const id = await stage.scheduled();
  await stage.nodes[0]?.work.workDue();
  await stage.query('update campaigns set next_at = $2 where id = $1', [id, new Date(stage.clock.now())]);
  const inDatabase = <Result>(work: (client: PoolClient) => Promise<Result>) =>
    clientTransaction(stage.source, work);
  const claim = () => inDatabase((client) => claimCampaign(client, stage.clock.now()));
  const stale = await claim();
  stage.clock.advance(61_000);
  const held = await claim();
  if (!stale || !held) throw new Error('It could not be claimed.');
  const leases = async () =>
    (await stage.query('select status, leased_until, next_at, tries from campaigns where id = $1', [id]))[0];
  const before = await leases();
  const now = stage.clock.now();
  const done = { now, nextAt: now + 1, status: 'done', trouble: null } as const;
  await inDatabase((client) => release(client, stale, done));
  await inDatabase((client) => putOff(client, stale, now));
  expect(await leases()).toEqual(before);
  await inDatabase((client) => release(client, held, { ...done, status: 'running' }));
  expect(await leases()).toMatchObject({ status: 'running', leased_until: new Date(now) });
});

test('goes on with the others while texts of whoever is next wait to be decided, and comes back to them', async () => {
  const id = await stage.scheduled();
  await stage.query('update campaigns set per_minute = 60 where id = $1', [id]);
  const goOn = async (seconds: number) => {
    for (let n = 0; n < seconds; n++) {
      await stage.nodes[0]?.work.workDue();
      stage.clock.advance(1_000);
    }
  };
  await goOn(1);
  await stage.query(
    `insert into backlog (workspace_id, contact_id, inbound_id, shard, gateway_id)
     select c.workspace_id, c.id, c.id, 0, $2 from contacts c where c.workspace_id = $3 and c.phone = (
       select phone from orders where campaign_id = $1 and outcome is null order by due_at, id limit 1)`,
    [id, stage.workspace.gatewayId, stage.workspace.id],
  );
  await goOn(9);
  expect((await stage.standing(id)).started).toBeGreaterThan(4);
  await stage.query('delete from backlog where workspace_id = $1', [stage.workspace.id]);
  await goOn(PEOPLE);
  expect(await stage.standing(id)).toEqual(ALL);
});

test('begins at its time, though another that cannot keep its pace is worked on without a pause', async () => {
  const busy = await stage.scheduled();
  const next = await stage.again(busy);
  await stage.query('update campaigns set per_minute = 600 where id = $1', [busy]);
  const startsAt = stage.clock.now() + 3_000;
  await stage.query('update campaigns set starts_at = $2, next_at = $2 where id = $1', [
    next,
    new Date(startsAt),
  ]);
  // Each helping takes as long as it may.
  const slow = await stage.openNode(undefined, () => stage.clock.advance(1_000));
  stage.nodes.push(slow);
  await slow.work.workDue();
  expect((await stage.standing(busy)).status).toBe('done');
  const [{ late }] = await stage.query(
    'select (extract(epoch from began_at) * 1000)::float8 - $2 as late from campaigns where id = $1',
    [next, startsAt],
  );
  expect(late).toBeLessThanOrEqual(1_000);
});

test('that cannot begin stops no other, says so, and begins once it can', async () => {
  const bad = await stage.scheduled();
  const good = await stage.again(bad);
  // Whom it is for cannot be read; it is the first in the row.
  const isFor = (kind: string) =>
    stage.query(
      `update campaigns set audience = $2, starts_at = starts_at - interval '1 second' where id = $1`,
      [bad, { kind, tag: 'all' }],
    );
  await isFor('nobody-knows');
  await stage.nodes[0]?.work.workDue();
  const [{ status, trouble, tries, wait }] = await stage.query(
    'select status, trouble, tries, (extract(epoch from next_at) * 1000)::float8 - $2 as wait from campaigns where id = $1',
    [bad, stage.clock.now()],
  );
  expect([status, trouble, tries, wait]).toEqual(['scheduled', 'fault', 1, 1_000]);
  expect((await stage.standing(good)).status).not.toBe('scheduled');
  stage.clock.advance(2_000);
  await stage.nodes[1]?.work.workDue();
  expect((await stage.query('select tries from campaigns where id = $1', [bad]))[0].tries).toBe(2);
  await isFor('tag');
  await stage.untilDone(bad, () => stage.nodes[0]?.work.workDue() ?? Promise.resolve());
  const [mended] = await stage.query('select status, trouble, tries from campaigns where id = $1', [bad]);
  expect(mended).toEqual({ status: 'done', trouble: null, tries: 0 });
});

test('whose version cannot be read stops no other that is under way', async () => {
  const good = await stage.scheduled();
  const bad = await stage.again(good);
  await stage.query('update campaigns set per_minute = 1200 where id = $1', [good]);
  await stage.nodes[0]?.work.workDue();
  await stage.query(
    `with v as (insert into flow_versions (id, workspace_id, flow_id, number, definition, published_at)
       select gen_random_uuid(), workspace_id, flow_id, 2, '{}', now() from campaigns where id = $1 returning id)
     update campaigns k set version_id = v.id, status = 'running', next_at = $2, leased_until = $2 from v where k.id = $1`,
    [bad, new Date(stage.clock.now() - 60_000)],
  );
  await stage.query(
    `insert into orders (workspace_id, id, campaign_id, phone, due_at)
    values ($1, gen_random_uuid(), $2, $3, $4) on conflict do nothing`,
    [stage.workspace.id, bad, phoneOf(9_999), new Date(stage.clock.now())],
  );
  expect(
    await stage.untilDone(good, () => stage.nodes[0]?.work.workDue() ?? Promise.resolve()),
  ).toMatchObject({
    status: 'done',
    started: PEOPLE,
  });
  const [{ status, trouble }] = await stage.query('select status, trouble from campaigns where id = $1', [
    bad,
  ]);
  expect([status, trouble]).toEqual(['running', 'fault']);
});

test('is not kept waiting by a clock that was set back', async () => {
  const id = await stage.scheduled();
  await stage.nodes[0]?.work.workDue();
  stage.clock.advance(-3 * 3_600_000);
  await stage.query('update orders set due_at = $2 where campaign_id = $1', [
    id,
    new Date(stage.clock.now()),
  ]);
  expect(await stage.untilDone(id, () => stage.nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
});

test('meets people’s own texts in order: each is decided, nobody is begun with twice', async () => {
  const id = await stage.scheduled();
  const [first, second] = stage.nodes;
  const texting = Promise.all(
    Array.from({ length: PEOPLE }, (_, n) => (n % 2 ? second : first)?.path.says(phoneOf(n), 'STOP')),
  );
  await stage.untilDone(id, () => first?.work.workDue() ?? Promise.resolve());
  expect((await texting).every((answer) => answer?.status === 'decided')).toBe(true);
  const rows: { outcome: string; texts: number }[] = await stage.query(
    `select o.outcome, (select count(*)::int from outbound m where m.workspace_id = o.workspace_id and m.contact_id = o.contact_id
       and m.run_id is not null) as texts from orders o where o.campaign_id = $1`,
    [id],
  );
  expect(rows).toHaveLength(PEOPLE);
  for (const { outcome, texts } of rows)
    expect([outcome, texts]).toEqual(outcome === 'stopped' ? ['stopped', 0] : ['started', 1]);
});
