import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { saying } from '../support/line-flow.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { answer, FarEnd } from './support/far-end.ts';
import { template } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';

const person = phoneOf(1);

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let workspace: TestWorkspace;
let path: HotPath;
let farEnd: FarEnd;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterAll(() => database?.close());

beforeEach(async () => {
  clock = new ManualClock();
  farEnd = await FarEnd.open();
  workspace = await createWorkspace(source, {
    flows: [template('double-opt-in'), codeFlow()],
    lists: { news: 'double' },
    gateway: { kind: 'http', config: { sendUrl: farEnd.url } },
  });
  path = await openHotPath(database.url, workspace, clock);
});
afterEach(async () => {
  await path.close();
  await farEnd.close();
  await source.query('truncate outbox, deliveries, backlog');
});

/** A code, and what is said when it has arrived, has not, or nobody knows. */
function codeFlow() {
  const [, service] = saying('');
  const said = (id: string) => ({ id, kind: 'message', config: { ...service, text: id } });
  return {
    schemaVersion: 1,
    name: 'Code',
    triggers: [{ kind: 'keyword', words: ['CODE'] }],
    nodes: [
      { id: 'code', kind: 'message', config: { text: 'Your code: 1234', purpose: 'code', delivery: '24h' } },
      said('arrived'),
      said('failed'),
      said('unknown'),
      { id: 'done', kind: 'end', config: {} },
    ],
    edges: [
      { from: 'code', port: 'next', to: 'arrived' },
      { from: 'code', port: 'failed', to: 'failed' },
      { from: 'code', port: 'timeout', to: 'unknown' },
      ...['arrived', 'failed', 'unknown'].map((from) => ({ from, port: 'next', to: 'done' })),
    ],
    start: 'code',
  };
}

/** A node that dies with what it has just written down still to be told. */
function diesBeforeTelling(): void {
  path.deliveries.nudge = () => undefined;
}

async function restart(): Promise<void> {
  await path.close();
  path = await openHotPath(database.url, workspace, clock);
}

async function run(): Promise<{ node: string; outcome: string | null; seq: number }> {
  const [row] = await source.query('select node, outcome, seq from runs where workspace_id = $1', [
    workspace.id,
  ]);
  return row;
}

const untold = async (): Promise<number> =>
  (await source.query('select 1 from deliveries where workspace_id = $1', [workspace.id])).length;

const texts = async (): Promise<string[]> =>
  (await source.query('select text from outbound where workspace_id = $1 order by id', [workspace.id])).map(
    ({ text }: { text: string }) => text,
  );

describe('that a text failed for good', () => {
  beforeEach(() => {
    farEnd.behaviour = answer(400, '{"code":21211}');
  });

  test('reaches its conversation though the node dies before it told', async () => {
    await path.says(person, 'JOIN');
    diesBeforeTelling();
    await path.outbox.sendDue();
    await restart();
    expect(await run()).toMatchObject({ outcome: null });
    await path.deliveries.tellDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await untold()).toBe(0);
  });

  test('waits behind texts of the person that are still to be decided', async () => {
    await path.says(person, 'JOIN');
    diesBeforeTelling();
    await path.outbox.sendDue();
    await source.query(
      `insert into backlog (workspace_id, contact_id, inbound_id, shard)
       select workspace_id, id, id, 0 from contacts where workspace_id = $1`,
      [workspace.id],
    );
    await path.deliveries.tellDue();
    expect(await run()).toMatchObject({ outcome: null });
    expect(await untold()).toBe(1);
    await source.query('truncate backlog');
    clock.advance(2_000);
    await path.deliveries.tellDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await untold()).toBe(0);
  });

  test('is told by one of several nodes, and changes nothing the second time', async () => {
    await path.says(person, 'JOIN');
    diesBeforeTelling();
    await path.outbox.sendDue();
    const other = await openHotPath(database.url, workspace, clock);
    const [row] = await source.query('select * from deliveries where workspace_id = $1', [workspace.id]);
    await Promise.all([path.deliveries.tellDue(), other.deliveries.tellDue()]);
    const { seq } = await run();
    await source.query(
      `insert into deliveries (workspace_id, message_id, seq, outcome, due_at, created_at) values ($1, $2, $3, $4, $5, $5)`,
      [row.workspace_id, row.message_id, row.seq, row.outcome, new Date(clock.now())],
    );
    await other.deliveries.tellDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached', seq });
    expect(await untold()).toBe(0);
    await other.close();
  });

  test('because the gateway has blocked the person is mirrored after a crash too', async () => {
    farEnd.behaviour = answer(400, '{"code":21610}');
    await path.says(person, 'JOIN');
    diesBeforeTelling();
    await path.outbox.sendDue();
    await restart();
    await path.deliveries.tellDue();
    const rows = await source.query(
      `select state, because from consents where workspace_id = $1 and scope like 'program:%'`,
      [workspace.id],
    );
    expect(rows).toEqual([{ state: 'stopped', because: 'gateway' }]);
  });

  test('goes where the step that waits for it says, and ends nothing', async () => {
    await path.says(person, 'CODE');
    await path.outbox.sendDue();
    await path.deliveries.tellDue();
    expect(await texts()).toEqual(['Your code: 1234', 'failed']);
    expect(await run()).toMatchObject({ outcome: 'completed' });
  });
});

describe('a step that waits until its text arrives', () => {
  beforeEach(async () => {
    await source.query(`update gateways set kind = 'simulated' where id = $1`, [workspace.gatewayId]);
  });

  test('goes on when it has', async () => {
    await path.says(person, 'CODE');
    expect(await run()).toMatchObject({ node: 'code' });
    await path.outbox.sendDue();
    await path.deliveries.tellDue();
    expect(await texts()).toEqual(['Your code: 1234', 'arrived']);
    expect(await untold()).toBe(0);
  });

  test('hears it after a crash', async () => {
    await path.says(person, 'CODE');
    diesBeforeTelling();
    await path.outbox.sendDue();
    await restart();
    await path.deliveries.tellDue();
    expect(await texts()).toEqual(['Your code: 1234', 'arrived']);
  });

  test('goes on without knowing when it waited long enough; what is known later changes nothing', async () => {
    await path.says(person, 'CODE');
    clock.advance(24 * 60 * 60_000);
    await path.wakes.fireDue();
    expect(await texts()).toEqual(['Your code: 1234', 'unknown']);
    await path.outbox.sendDue();
    await path.deliveries.tellDue();
    expect(await texts()).toEqual(['Your code: 1234', 'unknown']);
    expect(await run()).toMatchObject({ outcome: 'completed' });
    expect(await untold()).toBe(0);
  });
});
