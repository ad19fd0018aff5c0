import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import type { BatchDecider } from '#server/inbound/batch.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { InboundService } from '#server/inbound/inbound.service.ts';
import { WriteSet } from '#server/database/write-set.ts';
import { FAILURES_IN_A_ROW } from '#server/outbound/gateway-gate.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { accept, answer, FarEnd, slowly } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { type HotPath, openHotPath, phoneOf } from './support/hot-path.ts';
import { queueText } from './support/queue-text.ts';
import { textWork } from './support/text-work.ts';

let clock: ManualClock;
let database: TestDatabase;
let source: DataSource;
let good: FarEnd;
let bad: FarEnd;
let healthy: TestWorkspace;
let ill: TestWorkspace;
let path: HotPath;

beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterAll(() => database?.close());

const setUp = (farEnd: FarEnd, config: Record<string, unknown> = {}): Promise<TestWorkspace> =>
  createWorkspace(source, {
    flows: [counting('COUNT', 5)],
    gateway: { kind: 'http', config: { sendUrl: farEnd.url, ...config } },
  });

beforeEach(async () => {
  clock = new ManualClock();
  [good, bad] = [await FarEnd.open(), await FarEnd.open()];
  [healthy, ill] = [await setUp(good), await setUp(bad, { mostAtOnce: 4 })];
  path = await openHotPath(database.url, healthy, clock);
});
afterEach(async () => {
  await path.close();
  await good.close();
  await bad.close();
  await source.query('truncate outbox, gateway_troubles');
});

const to = ({ id: workspaceId, gatewayId }: TestWorkspace) => ({ workspaceId, gatewayId });
const says = (workspace: TestWorkspace, n: number, text = 'COUNT') =>
  path.says(phoneOf(n), text, to(workspace));

const statuses = async ({ id }: TestWorkspace): Promise<string[]> => {
  const rows: { status: string }[] = await source.query(
    'select status from outbound where workspace_id = $1 order by id',
    [id],
  );
  return rows.map(({ status }) => status);
};

const trouble = async (): Promise<{ rests: number; reason: string; until: Date } | undefined> => {
  const [row] = await source.query(
    'select rests, reason, until from gateway_troubles where gateway_id = $1',
    [ill.gatewayId],
  );
  return row;
};

describe('a carrier that hangs', () => {
  test('holds its own few texts, and nobody else for a moment', async () => {
    bad.behaviour = () => undefined;
    for (let n = 0; n < 10; n++) await says(ill, n);
    path.outbox.nudge();
    await until(() => bad.received.length === 4);
    await Promise.all(Array.from({ length: 30 }, (_, n) => says(healthy, n)));
    path.outbox.nudge();
    await until(async () => (await statuses(healthy)).every((status) => status === 'sent'));
    expect(good.received).toHaveLength(30);
    expect(bad.received).toHaveLength(4);
    expect((await statuses(ill)).every((status) => status === 'queued')).toBe(true);
  });

  test('gets the next text when one of its own is answered', async () => {
    bad.behaviour = slowly(20);
    for (let n = 0; n < 10; n++) await says(ill, n);
    path.outbox.nudge();
    await until(async () => (await statuses(ill)).every((status) => status === 'sent'));
    expect(bad.received).toHaveLength(10);
  });

  test('gets on with its own when it answers, whoever else has room meanwhile', async () => {
    bad.behaviour = slowly(20);
    good.behaviour = slowly(1);
    for (let n = 0; n < 12; n++) await says(ill, n);
    await says(healthy, 1);
    path.outbox.nudge();
    await until(async () => (await statuses(ill)).every((status) => status === 'sent'));
    expect(bad.received).toHaveLength(12);
    expect(good.received).toHaveLength(1);
  });

  test('that never ends its answer is cut off, and what it said counts', async () => {
    bad.behaviour = (response) => {
      response.writeHead(200);
      const endless = setInterval(() => response.write('x'.repeat(4_096)), 1);
      response.on('close', () => clearInterval(endless));
    };
    await says(ill, 1);
    await path.outbox.sendDue();
    expect(await statuses(ill)).toEqual(['sent']);
  });
});

test('a gateway is refused past what can be stored, and the others still are not', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const nothing = {
    answers: new Map(),
    again: [],
    postponed: [],
    unopened: new Map(),
    pending: 0,
    decided: [],
  };
  const draft = () => released.then(() => ({ writes: new WriteSet(), result: nothing }));
  const decider = { draft } as unknown as BatchDecider;
  const inbound = new InboundService(source, decider, new BatchWatch(), createLog('silent'));
  const told = { flood: [] as boolean[], other: [] as boolean[] };
  const hand = (gatewayId: keyof typeof told, n: number): void =>
    inbound.accept(
      textWork({ phone: phoneOf(n), gatewayId, done: (result) => told[gatewayId].push('stored' in result) }),
    );
  for (let n = 0; n < 25_000; n++) hand('flood', n);
  for (let n = 0; n < 1_000; n++) hand('other', 100_000 + n);
  const refused = told.flood.length;
  // Nobody is refused while there is room, and whoever was let in is told once.
  expect(refused).toBe(5_000);
  release();
  await inbound.onApplicationShutdown();
  expect([told.flood.length, told.other.length]).toEqual([25_000, 1_000]);
  expect(told.flood.filter((stored) => !stored)).toHaveLength(refused);
  expect(told.other.every((stored) => stored)).toBe(true);
});

test('a carrier in trouble holds up no text that the same person gets over another', async () => {
  bad.behaviour = answer(500, 'broken');
  const at = clock.now();
  const { gatewayId, senderId } = ill;
  await source.query('update gateways set workspace_id = $2 where id = $1', [gatewayId, healthy.id]);
  const text = 'over the ill one';
  await queueText(
    source,
    { ...healthy, gatewayId, senderId },
    { to: phoneOf(1), text, purpose: 'reply', at },
  );
  await path.outbox.sendDue();
  clock.advance(1);
  await says(healthy, 1);
  await path.outbox.sendDue();
  expect([bad.texts, good.texts]).toEqual([['over the ill one'], ['0']]);
});

describe('the breaker', () => {
  const failing = async () => {
    bad.behaviour = answer(500, 'broken');
    for (let n = 0; n < 3 * FAILURES_IN_A_ROW; n++) await says(ill, n);
    while ((await path.outbox.sendDue()) > 0);
  };

  test('opens after failures in a row: the gateway is left alone, the others are not', async () => {
    await failing();
    const asked = bad.received.length;
    expect(asked).toBeGreaterThanOrEqual(FAILURES_IN_A_ROW);
    expect(asked).toBeLessThan(FAILURES_IN_A_ROW + 4);
    await until(async () => (await trouble()) !== undefined);
    expect(await trouble()).toMatchObject({ rests: 1, reason: 'The gateway answered: HTTP 500 broken' });
    await says(healthy, 1);
    await path.outbox.sendDue();
    expect(await statuses(healthy)).toEqual(['sent']);
    expect(bad.received).toHaveLength(asked);
  });

  test('holds on every node, tries one text when the rest is over, and rests longer when that fails', async () => {
    await failing();
    await until(async () => (await trouble()) !== undefined);
    const other = await openHotPath(database.url, ill, clock);
    const asked = bad.received.length;
    expect(await other.outbox.sendDue()).toBe(0);
    clock.set((await trouble())?.until.getTime() ?? 0);
    expect(await other.outbox.sendDue()).toBe(1);
    expect(bad.received).toHaveLength(asked + 1);
    await until(async () => (await trouble())?.rests === 2);
    expect(await other.outbox.sendDue()).toBe(0);
    await other.close();
  });

  test('closes when a text gets through, and what waited goes', async () => {
    await failing();
    await until(async () => (await trouble()) !== undefined);
    bad.behaviour = accept;
    clock.advance(10 * 60_000);
    await until(async () => {
      await path.outbox.sendDue();
      return (await statuses(ill)).every((status) => status === 'sent');
    });
    await until(async () => (await trouble()) === undefined);
  });
});

describe('a carrier that asks for patience', () => {
  test('is left alone for as long as it asks, and no attempt is counted against the text for ever', async () => {
    bad.behaviour = (response) => void response.writeHead(429, { 'retry-after': '120' }).end('slow down');
    await says(ill, 1);
    await says(ill, 2);
    await path.outbox.sendDue();
    expect((await trouble())?.until.getTime()).toBeGreaterThanOrEqual(clock.now() + 120_000);
    const asked = bad.received.length;
    clock.advance(119_000);
    expect(await path.outbox.sendDue()).toBe(0);
    bad.behaviour = accept;
    clock.advance(60_000);
    await until(async () => {
      await path.outbox.sendDue();
      return (await statuses(ill)).every((status) => status === 'sent');
    });
    expect(bad.received).toHaveLength(asked + 2);
  });

  test('is left alone for that, whatever it takes meanwhile of what was on its way', async () => {
    let take = (): void => undefined;
    bad.behaviour = (response, received) => {
      if (bad.received.length > 1) response.writeHead(429, { 'retry-after': '120' }).end();
      else take = () => void accept(response, received);
    };
    await says(ill, 1);
    await says(ill, 2);
    path.outbox.nudge();
    await until(async () => (await trouble()) !== undefined);
    take();
    await until(async () => (await statuses(ill)).includes('sent'));
    bad.behaviour = accept;
    await says(ill, 3);
    clock.advance(119_000);
    expect(await path.outbox.sendDue()).toBe(0);
    expect(bad.received).toHaveLength(2);
    clock.advance(60_000);
    await until(async () => {
      await path.outbox.sendDue();
      return (await statuses(ill)).every((status) => status === 'sent');
    });
    expect(await trouble()).toBeUndefined();
  });
});

describe('texts nobody waits for', () => {
  /** Marketing that answers nothing, to many people, as a big start makes it. */
  async function queueBulk(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      const [contactId, id] = [newId(clock.now()), newId(clock.now())];
      await source.query(
        'insert into contacts (workspace_id, id, phone, created_at) values ($1, $2, $3, $4)',
        [ill.id, contactId, phoneOf(1_000 + n), new Date(clock.now())],
      );
      await source.query(
        `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at)
         values ($1, $2, $3, $4, $5, 'Offer', 1, 'marketing', 'queued', $6)`,
        [ill.id, id, contactId, ill.gatewayId, ill.senderId, new Date(clock.now())],
      );
      await source.query(
        `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
         values ($1, $2, $3, $4, $5, 2, $6, $6)`,
        [ill.id, id, contactId, ill.gatewayId, ill.senderId, new Date(clock.now() - 1_000)],
      );
    }
  }

  test('go after the answer somebody waits for, however many were queued before', async () => {
    clock.set('2026-03-02T17:00:00Z');
    await queueBulk(20);
    await says(ill, 1);
    await path.outbox.sendDue();
    expect(bad.received.length).toBeLessThanOrEqual(4);
    expect(bad.texts).toContain('0');
  });
});
