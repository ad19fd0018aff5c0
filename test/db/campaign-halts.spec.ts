import { expect, test } from '@jest/globals';
import { CampaignsRepository } from '#server/campaigns/campaigns.repository.ts';
import { Transactions } from '#server/database/transactions.ts';
import { until } from '../support/until.ts';
import { ALL, PEOPLE, stageCampaigns } from './support/campaign-nodes.ts';
import { lockWaits } from './support/lock-waits.ts';

// A campaign that several nodes work on, and somebody pauses, cancels, or stops all sending.

const stage = stageCampaigns();

test('is cancelled to the end, whoever died while people were left out', async () => {
  const id = await stage.scheduled();
  const [first, second] = stage.nodes;
  await stage.query('update campaigns set per_minute = 600 where id = $1', [id]);
  await first?.work.workDue();
  // The first step of cancelling; whoever took it died.
  await stage.query(`update campaigns set status = 'cancelled', leaving_out = true where id = $1`, [id]);
  await second?.work.workDue();
  const { status, started } = await stage.standing(id);
  expect([status, started]).toEqual(['cancelled', 10]);
  const [{ left, waiting }] = await stage.query(
    `select count(*) filter (where outcome = 'left-out')::int as left, count(*) filter (where outcome is null)::int as waiting
     from orders where campaign_id = $1`,
    [id],
  );
  expect([left, waiting]).toEqual([PEOPLE - 10, 0]);
  expect((await stage.query('select leaving_out from campaigns where id = $1', [id]))[0].leaving_out).toBe(
    false,
  );
});

test('is cancelled while people are being begun with: each is texted or left out', async () => {
  const id = await stage.scheduled();
  const [first, second] = stage.nodes;
  const going = first?.work.workDue();
  while ((await stage.standing(id)).status === 'scheduled') await new Promise(setImmediate);
  await stage.query(`update campaigns set status = 'cancelled', leaving_out = true where id = $1`, [id]);
  await second?.work.leaveOutAll({ workspace_id: stage.workspace.id, id });
  const over = await stage.standing(id);
  await going;
  expect(await stage.standing(id)).toEqual(over);
  expect(over.texts).toBe(over.started);
  const [{ left }] = await stage.query(
    `select count(*)::int as left from orders where campaign_id = $1 and outcome = 'left-out'`,
    [id],
  );
  expect(left + over.started).toBe(PEOPLE);
});

test('is paused though it begins at this very moment', async () => {
  const id = await stage.scheduled();
  const campaigns = new CampaignsRepository(new Transactions(stage.source));
  expect(await campaigns.pause(stage.workspace.id, id)).toBe(false);
  const goOn = await stage.holdOrders();
  const round = stage.nodes[0]?.work.workDue();
  await until(async () => (await lockWaits(stage.source)) === 1);
  let isTold = false;
  const paused = campaigns.pause(stage.workspace.id, id).finally(() => {
    isTold = true;
  });
  await until(async () => isTold || (await lockWaits(stage.source)) === 2);
  await goOn();
  expect(await paused).toBe(true);
  await round;
  expect(await stage.standing(id)).toMatchObject({ status: 'paused', people: PEOPLE });
});

test('begins with nobody more once it is paused, whoever is queued by then', async () => {
  const id = await stage.scheduled();
  const campaigns = new CampaignsRepository(new Transactions(stage.source));
  const hold = async (): Promise<void> => {
    await campaigns.pause(stage.workspace.id, id);
  };
  stage.nodes.push(await stage.openNode(hold));
  await stage.nodes[2]?.work.workDue();
  expect(await stage.standing(id)).toMatchObject({ status: 'paused', started: 0, texts: 0 });
  const nextAt = new Date(stage.clock.now());
  expect(await campaigns.move(stage.workspace.id, id, ['paused'], 'running', { nextAt })).toBe(true);
  expect(await stage.untilDone(id, async () => stage.nodes[0]?.work.workDue())).toEqual(ALL);
});

test('of a crowd is under way, and is paused, while its people are written down, and goes on with the others', async () => {
  const crowd = 30_000;
  const id = await stage.scheduled(crowd);
  const campaigns = new CampaignsRepository(new Transactions(stage.source));
  const round = stage.nodes[0]?.work.workDue();
  await until(async () => (await stage.standing(id)).status === 'running');
  expect(await campaigns.pause(stage.workspace.id, id)).toBe(true);
  await round;
  const paused = await stage.standing(id);
  expect([paused.status, paused.people < crowd, paused.started]).toEqual(['paused', true, 0]);
  // Whoever takes it up again may be another node, and two at once.
  await campaigns.move(stage.workspace.id, id, ['paused'], 'running');
  await Promise.all(stage.nodes.map(({ work }) => work.workDue()));
  const { people, started } = await stage.standing(id);
  expect([people, started > 0]).toEqual([crowd, true]);
  const [{ orders, persons }] = await stage.query(
    'select count(*)::int as orders, count(distinct phone)::int as persons from orders where campaign_id = $1',
    [id],
  );
  expect([orders, persons]).toEqual([crowd, crowd]);
  await campaigns.cancel(stage.workspace.id, id, new Date(stage.clock.now()));
  await stage.nodes[0]?.work.leaveOutAll({ workspace_id: stage.workspace.id, id });
});

test('ends its series when it is cancelled, also while the next of it begins', async () => {
  const first = await stage.scheduled();
  const second = await stage.again(first);
  await stage.query(
    `update campaigns set series_id = $1, number = case when id = $1 then 1 else 2 end,
       status = case when id = $1 then 'paused' else status end, schedule = $3 where id = any($2)`,
    [first, [first, second], { kind: 'every', every: 'day', at: '2026-02-28T12:00', zone: 'workspace' }],
  );
  // The next one has begun by then.
  const goOn = await stage.holdOrders();
  const round = stage.nodes[0]?.work.workDue();
  await until(async () => (await lockWaits(stage.source)) === 1);
  const campaigns = new CampaignsRepository(new Transactions(stage.source));
  const cancelled = campaigns.cancel(stage.workspace.id, first, new Date(stage.clock.now()));
  await until(async () => (await lockWaits(stage.source)) === 2);
  await goOn();
  expect(await cancelled).toBe(true);
  await round;
  await stage.nodes[1]?.work.workDue();
  const series = await stage.query(
    'select number, status, leaving_out from campaigns where series_id = $1 order by number',
    [first],
  );
  expect(series).toEqual([1, 2, 3].map((number) => ({ number, status: 'cancelled', leaving_out: false })));
  const [{ left }] = await stage.query(
    'select count(*)::int as left from orders where workspace_id = $1 and outcome is null',
    [stage.workspace.id],
  );
  expect(left).toBe(0);
});

test('does not begin while all sending is stopped, and begins with everybody later: nothing has grown old meanwhile', async () => {
  const id = await stage.scheduled();
  await stage.query('update workspaces set sending_stopped = true where id = $1', [stage.workspace.id]);
  for (const hours of [0, 100]) {
    stage.clock.advance(hours * 3_600_000);
    await stage.nodes[0]?.work.workDue();
    expect(await stage.standing(id)).toMatchObject({ status: 'scheduled', people: 0, runs: 0 });
  }
  await stage.query('update workspaces set sending_stopped = false where id = $1', [stage.workspace.id]);
  expect(await stage.untilDone(id, () => stage.nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
});

test('stands still while all sending is stopped, and goes on at its pace', async () => {
  const id = await stage.scheduled();
  await stage.query('update campaigns set per_minute = 1200 where id = $1', [id]);
  await stage.nodes[0]?.work.workDue();
  const { started } = await stage.standing(id);
  expect(started).toBeLessThan(PEOPLE / 2);
  await stage.query('update workspaces set sending_stopped = true where id = $1', [stage.workspace.id]);
  stage.clock.advance(100 * 3_600_000);
  await stage.nodes[0]?.work.workDue();
  expect(await stage.standing(id)).toMatchObject({ status: 'running', started, texts: started });
  await stage.query('update workspaces set sending_stopped = false where id = $1', [stage.workspace.id]);
  await stage.nodes[0]?.work.workDue();
  expect((await stage.standing(id)).started).toBeLessThan(PEOPLE / 2 + started);
  expect(await stage.untilDone(id, () => stage.nodes[1]?.work.workDue() ?? Promise.resolve())).toEqual(ALL);
});
