import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { Replays } from '#server/messages/replays.ts';
import { NOBODY } from '#server/runtime/scene.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { SENDER } from '../support/phone-stage.ts';
import { lineFlow, saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { phoneOf } from './support/hot-path.ts';
import { openNode, type RunsNode } from './support/runs/node.ts';
import { textWork } from './support/text-work.ts';

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

describe('a text that is read again while its person is forgotten', () => {
  const phone = phoneOf(2);

  /** They text something, and are a contact; returns its id. */
  async function isThere(): Promise<string> {
    const { id: workspaceId, gatewayId } = workspace;
    const said = { workspaceId, gatewayId, phone, to: SENDER.address, text: 'Hm', at: clock.now() };
    const stored = await new Promise((done) => node.inbound.accept(textWork({ ...said, done })));
    expect(stored).toMatchObject({ stored: { status: 'decided' } });
    const [{ id }] = await query('select id from contacts where workspace_id = $1 and phone = $2', [
      workspaceId,
      phone,
    ]);
    return id;
  }

  /** A text of theirs was set aside; it is read again, and before it comes to that they are forgotten. */
  async function readAgain(meanwhile: () => Promise<unknown>): Promise<void> {
    const id = newId(clock.now());
    const contactId = await isThere();
    await query(
      `insert into inbound (workspace_id, id, contact_id, gateway_id, from_address, to_address, text, status, reason, received_at)
       values ($1, $2, $3, $4, $5, $6, 'HELLO', 'set-aside', 'A fault.', $7)`,
      [workspace.id, id, contactId, workspace.gatewayId, phone, SENDER.address, new Date(clock.now())],
    );
    const other = await openNode(database.url, 'other', clock, () => Promise.reject(new Error('Nobody.')));
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let isHeld = false;
    const { decider } = other;
    const draft = decider.draft.bind(decider);
    decider.draft = async (...work) => {
      isHeld = true;
      await held;
      return await draft(...work);
    };
    try {
      const replays = new Replays(database.source, clock, other.inbound, { nudge: () => undefined } as never);
      const reading = replays.replay(workspace.id, id);
      await until(async () => isHeld);
      expect(await node.erasure.eraseContact(workspace.id, contactId, NOBODY)).toBe(true);
      await meanwhile();
      goOn();
      await reading;
    } finally {
      goOn();
      await other.close();
    }
    expect(await query('select text, from_address from inbound where id = $1', [id])).toEqual([
      { text: '', from_address: '' },
    ]);
    expect(await query('select text from outbound where workspace_id = $1', [workspace.id])).toEqual([]);
  }

  test('comes to nothing, and does not bring them back', async () => {
    await readAgain(() => Promise.resolve());
    expect(await query('select phone from contacts where phone = $1', [phone])).toEqual([]);
  });

  test('comes to nothing either where somebody has come with the number since', () => readAgain(isThere));
});
