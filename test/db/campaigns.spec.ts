import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { OrdersRepository } from '#server/orders/orders.repository.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

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
  nodes = await Promise.all([0, 1].map(openNode));
});

async function openNode(): Promise<{ path: HotPath; work: CampaignClock }> {
  const { source } = database;
  const path = await openHotPath(database.url, workspace, clock);
  const log = createLog('silent');
  const flows = new FlowCache(source, log);
  const live = { changed: () => undefined };
  const orders = new OrdersRepository(source);
  return { path, work: new CampaignClock(source, clock, log, path.inbound, flows, orders, live as never) };
}

const query = (text: string, values: unknown[] = []) => database.source.query(text, values);

async function scheduled(): Promise<string> {
  const id = newId(clock.now());
  const { id: workspaceId, senderId } = workspace;
  await query(
    `insert into contacts (workspace_id, id, phone, tags, created_at)
     select $1, gen_random_uuid(), phone, '{all}', $3 from unnest($2::text[]) phone`,
    [workspaceId, Array.from({ length: PEOPLE }, (_, n) => phoneOf(n)), new Date(clock.now())],
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
