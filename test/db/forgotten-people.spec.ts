import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { NOBODY } from '#server/runtime/scene.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { phoneOf } from './support/hot-path.ts';
import { openNode, type RunsNode } from './support/runs/node.ts';

let database: TestDatabase;
let workspace: TestWorkspace;
let node: RunsNode;
const clock = new ManualClock();

beforeAll(async () => {
  database = await createTestDatabase();
  workspace = await createWorkspace(database.source, { flows: [lineFlow('HELLO', saying('Hello'))] });
  node = await openNode(database.url, 'node', clock, () => Promise.reject(new Error('Nobody is asked.')));
});
afterAll(async () => {
  await node?.close();
  await database?.close();
});

const query = (text: string, values: unknown[] = []) => database.source.query(text, values);

async function draft(): Promise<string> {
  const id = newId(clock.now());
  await query(
    `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
       status, next_at, leased_until, created_at)
     select $1, $2, $2, 'All', f.id, f.version_id, $3, '{"kind":"tag","tag":"all"}', 60000, '{"kind":"now"}', 'draft', $4, $4, $4
     from flows f where f.workspace_id = $1`,
    [workspace.id, id, workspace.senderId, new Date(clock.now())],
  );
  return id;
}

test('a campaign that is begun while somebody is forgotten has them not in it', async () => {
  const phone = phoneOf(1);
  const contactId = newId(clock.now());
  await query(
    `insert into contacts (workspace_id, id, phone, tags, created_at) values ($1, $2, $3, '{all}', $4)`,
    [workspace.id, contactId, phone, new Date(clock.now())],
  );
  const id = await draft();
  // Forgetting stands still right before its end.
  const holder = database.source.createQueryRunner();
  await holder.startTransaction();
  await holder.query('lock table inbound_log_unreadable in access exclusive mode');
  const forgetting = node.erasure.eraseContact(workspace.id, contactId, NOBODY);
  await until(async () => {
    const waiting: unknown[] = await query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%inbound_log_unreadable%'`,
    );
    return waiting.length > 0;
  });
  const startsAt = new Date(clock.now());
  const begun = node.campaigns
    .move(workspace.id, id, ['draft'], 'scheduled', { startsAt })
    .then(() => node.workers.campaigns.workDue());
  await Promise.race([begun, sleep(500)]);
  await holder.commitTransaction();
  await holder.release();
  expect(await forgetting).toBe(true);
  await begun;
  clock.advance(1_000);
  await node.workers.campaigns.workDue();
  const [{ status, people }] = await query('select status, people from campaigns where id = $1', [id]);
  expect([status, people]).toEqual(['done', 0]);
  expect(await query('select phone from contacts where phone = $1', [phone])).toEqual([]);
  expect(await query('select phone from orders where phone = $1', [phone])).toEqual([]);
  expect(await query('select text from outbound')).toEqual([]);
});
