import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { claimDeliveries, forgetTold } from '#server/outbound/deliveries/deliveries.repository.ts';
import { matchWaiting, storeReceipts } from '#server/outbound/receipts/receipts.repository.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { newId } from '#server/common/ids.ts';
import { saying } from '../support/line-flow.ts';
import { answer, cut } from './support/far-end.ts';
import { counting, template } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';
import { textsOut } from './support/texts-out.ts';

const person = phoneOf(1);

const stage = stageSending({
  flows: [template('double-opt-in'), codeFlow(), counting('COUNT', 3)],
  lists: { news: 'double' },
  clears: ['deliveries', 'backlog'],
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
  stage.path.deliveries.nudge = () => undefined;
}

async function run(): Promise<{ node: string; outcome: string | null; seq: number }> {
  const [row] = await stage.source.query('select node, outcome, seq from runs where workspace_id = $1', [
    stage.workspace.id,
  ]);
  return row;
}

const untold = async (): Promise<number> =>
  (await stage.source.query('select 1 from deliveries where workspace_id = $1', [stage.workspace.id])).length;

const texts = () => textsOut(stage);

const blocks = (): Promise<{ state: string; because: string }[]> =>
  stage.source.query(
    `select state, because from consents where workspace_id = $1 and scope like 'program:%'`,
    [stage.workspace.id],
  );

/** The carrier reports what became of the text with these words. */
async function reports(status: 'delivered' | 'failed', text: string): Promise<void> {
  const { id: workspaceId, gatewayId } = stage.workspace;
  const [{ id: messageId }] = await stage.source.query(
    'select id from outbound where workspace_id = $1 and text = $2',
    [workspaceId, text],
  );
  const account = { id: gatewayId, workspaceId, kind: 'http', config: {} };
  const receipt = {
    gatewayMessageId: null,
    messageId,
    status,
    detail: null,
    at: null,
    blocked: false,
    network: null,
  };
  await clientTransaction(stage.source, (client) =>
    storeReceipts(client, [{ account, receipt }], stage.clock.now()),
  );
  await stage.path.deliveries.workDue();
}

describe('a report of failure', () => {
  test('of a question that was answered ends nothing; of the one that is open it does', async () => {
    await stage.path.says(person, 'COUNT');
    await stage.send();
    stage.clock.advance(1_000);
    await stage.path.says(person, 'a');
    await stage.send();
    await reports('failed', '0');
    expect(await run()).toMatchObject({ node: 'q1', outcome: null });
    expect(await untold()).toBe(0);
    await reports('failed', '1 after a');
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
  });
});

test('a report that a text arrived counts though the text was given up, because its gateway never said that it took it', async () => {
  stage.farEnd.behaviour = cut;
  await stage.path.says(person, 'COUNT');
  for (let tries = 0; tries < 8; tries++) {
    await stage.send();
    stage.clock.advance(3_600_000);
  }
  const [text] = await stage.outbound();
  expect(text).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^Given up after 8 tries/) });
  await reports('delivered', '0');
  expect(await stage.firstOutbound()).toMatchObject({ status: 'delivered', reason: null });
  await reports('failed', '0');
  expect(await stage.firstOutbound()).toMatchObject({ status: 'delivered' });
});

test('a report that a text arrived says that it went out, although its gateway never did', async () => {
  stage.farEnd.behaviour = cut;
  await stage.path.says(person, 'COUNT');
  await stage.send();
  stage.clock.advance(1_000);
  await reports('delivered', '0');
  const sentAt = async (): Promise<Date | null> => {
    const [row] = await stage.source.query('select sent_at from outbound where workspace_id = $1', [
      stage.workspace.id,
    ]);
    return row.sent_at;
  };
  expect(await sentAt()).toEqual(new Date(stage.clock.now()));
  stage.clock.advance(1_000);
  await reports('delivered', '0');
  expect(await sentAt()).toEqual(new Date(stage.clock.now() - 1_000));
});

test('a report that a text arrived changes nothing after one that it did not', async () => {
  stage.farEnd.behaviour = (response) => void response.end();
  await stage.path.says(person, 'COUNT');
  await stage.send();
  await reports('failed', '0');
  await reports('delivered', '0');
  expect(await stage.firstOutbound()).toMatchObject({ status: 'failed' });
});

describe('a report that comes before anybody knows its text', () => {
  test.each([1, 5, 30, 200, 600])(
    'is matched though that takes %d seconds, and is not looked up every time',
    async (seconds) => {
      await stage.path.says(person, 'COUNT');
      const [{ id, contact_id: contactId }] = await stage.source.query(
        'select message_id as id, contact_id from outbox',
      );
      const { id: workspaceId, gatewayId } = stage.workspace;
      const account = { id: gatewayId, workspaceId, kind: 'http', config: {} };
      const what = { status: 'delivered', detail: null, at: null, blocked: false, network: null } as const;
      const receipt = { gatewayMessageId: 'early', messageId: null, ...what };
      const connection = new LaneConnection(stage.source);
      const began = stage.clock.now();
      await connection.statement((client) => storeReceipts(client, [{ account, receipt }], began));
      const look = async (): Promise<void> => {
        const since = stage.clock.now();
        stage.clock.advance(1_000);
        await connection.statement((client) => matchWaiting(client, stage.clock.now(), since));
      };
      for (let age = 0; age < seconds; age++) await look();
      await stage.source.query('insert into carrier_ids values ($1, $2, $3, $4, $5, now())', [
        ...[workspaceId, gatewayId, 'early', contactId, id],
      ]);
      while ((await stage.firstOutbound()).status === 'queued') await look();
      await connection.drop();
      const waited = (stage.clock.now() - began) / 1_000;
      expect(waited).toBeLessThanOrEqual(1.5 * seconds + 3);
      if (seconds > 20) expect(waited).toBeGreaterThan(seconds + 2);
    },
  );
});

describe('that a carrier has blocked the person', () => {
  let connection: LaneConnection;
  beforeEach(() => {
    connection = new LaneConnection(stage.source);
  });
  afterEach(() => connection.drop());

  /** A carrier reports that the first text failed, under the one id or the other. */
  async function reportsFailure(by: 'theirs' | 'ours', blocked: boolean): Promise<void> {
    const [{ id }] = await stage.source.query('select id from outbound where workspace_id = $1', [
      stage.workspace.id,
    ]);
    const account = {
      id: stage.workspace.gatewayId,
      workspaceId: stage.workspace.id,
      kind: 'http',
      config: {},
    };
    const ids = {
      gatewayMessageId: by === 'theirs' ? `far-${id}` : null,
      messageId: by === 'ours' ? id : null,
    };
    const receipt = { ...ids, status: 'failed', detail: null, at: null, blocked, network: null } as const;
    await connection.statement((client) => storeReceipts(client, [{ account, receipt }], stage.clock.now()));
  }

  test.each([
    ['the same id', 'theirs', 'theirs'],
    ['another id', 'theirs', 'ours'],
  ] as const)('counts by %s too when it was a failure for a moment', async (_, first, second) => {
    await stage.path.says(person, 'JOIN');
    await stage.path.outbox.sendDue();
    await reportsFailure(first, false);
    await reportsFailure(second, true);
    await stage.path.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await blocks()).toEqual([{ state: 'stopped', because: 'gateway' }]);
    expect(await untold()).toBe(0);
  });

  test('is told after the failure where that is being told', async () => {
    await stage.path.says(person, 'JOIN');
    await stage.path.outbox.sendDue();
    await reportsFailure('theirs', false);
    const now = stage.clock.now();
    const underWay = await connection.statement((client) => claimDeliveries(client, now, 10));
    await reportsFailure('ours', true);
    await connection.statement((client) => forgetTold(client, underWay));
    await stage.path.deliveries.workDue();
    expect(await blocks()).toEqual([{ state: 'stopped', because: 'gateway' }]);
    expect(await untold()).toBe(0);
  });
});

describe('what is about a text that was forgotten', () => {
  test('is forgotten as well', async () => {
    await stage.source.query(
      `insert into deliveries (workspace_id, message_id, outcome, due_at, created_at) values ($1, $2, 'failed', $3, $3)`,
      [stage.workspace.id, newId(stage.clock.now()), new Date(stage.clock.now())],
    );
    await stage.path.deliveries.workDue();
    expect(await untold()).toBe(0);
  });
});

describe('that a text failed for good', () => {
  beforeEach(() => {
    stage.farEnd.behaviour = answer(400, '{"code":21211}');
  });

  test('reaches its conversation though the node dies before it told', async () => {
    await stage.path.says(person, 'JOIN');
    diesBeforeTelling();
    await stage.path.outbox.sendDue();
    await stage.restart();
    expect(await run()).toMatchObject({ outcome: null });
    await stage.path.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await untold()).toBe(0);
  });

  test('waits behind texts of the person that are still to be decided', async () => {
    await stage.path.says(person, 'JOIN');
    diesBeforeTelling();
    await stage.path.outbox.sendDue();
    await stage.source.query(
      `insert into backlog (workspace_id, contact_id, inbound_id, shard)
       select workspace_id, id, id, 0 from contacts where workspace_id = $1`,
      [stage.workspace.id],
    );
    await stage.path.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: null });
    expect(await untold()).toBe(1);
    await stage.source.query('truncate backlog');
    stage.clock.advance(2_000);
    await stage.path.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached' });
    expect(await untold()).toBe(0);
  });

  test('is told by one of several nodes, and changes nothing the second time', async () => {
    await stage.path.says(person, 'JOIN');
    diesBeforeTelling();
    await stage.path.outbox.sendDue();
    const other = await stage.openNode();
    const [row] = await stage.source.query('select * from deliveries where workspace_id = $1', [
      stage.workspace.id,
    ]);
    await Promise.all([stage.path.deliveries.workDue(), other.deliveries.workDue()]);
    const { seq } = await run();
    await stage.source.query(
      `insert into deliveries (workspace_id, message_id, seq, outcome, due_at, created_at) values ($1, $2, $3, $4, $5, $5)`,
      [row.workspace_id, row.message_id, row.seq, row.outcome, new Date(stage.clock.now())],
    );
    await other.deliveries.workDue();
    expect(await run()).toMatchObject({ outcome: 'not-reached', seq });
    expect(await untold()).toBe(0);
    await other.close();
  });

  test('because the gateway has blocked the person is mirrored after a crash too', async () => {
    stage.farEnd.behaviour = answer(400, '{"code":21610}');
    await stage.path.says(person, 'JOIN');
    diesBeforeTelling();
    await stage.path.outbox.sendDue();
    await stage.restart();
    await stage.path.deliveries.workDue();
    expect(await blocks()).toEqual([{ state: 'stopped', because: 'gateway' }]);
  });

  test('goes where the step that waits for it says, and ends nothing', async () => {
    await stage.path.says(person, 'CODE');
    await stage.path.outbox.sendDue();
    await stage.path.deliveries.workDue();
    expect(await texts()).toEqual(['Your code: 1234', 'failed']);
    expect(await run()).toMatchObject({ outcome: 'completed' });
  });
});

describe('a step that waits until its text arrives', () => {
  beforeEach(async () => {
    await stage.source.query(`update gateways set kind = 'simulated' where id = $1`, [
      stage.workspace.gatewayId,
    ]);
  });

  test('goes on when it has', async () => {
    await stage.path.says(person, 'CODE');
    expect(await run()).toMatchObject({ node: 'code' });
    await stage.path.outbox.sendDue();
    await stage.path.deliveries.workDue();
    expect(await texts()).toEqual(['Your code: 1234', 'arrived']);
    expect(await untold()).toBe(0);
  });

  test('hears it after a crash', async () => {
    await stage.path.says(person, 'CODE');
    diesBeforeTelling();
    await stage.path.outbox.sendDue();
    await stage.restart();
    await stage.path.deliveries.workDue();
    expect(await texts()).toEqual(['Your code: 1234', 'arrived']);
  });

  test('goes on without knowing when it waited long enough; what is known later changes nothing', async () => {
    await stage.path.says(person, 'CODE');
    stage.clock.advance(24 * 60 * 60_000);
    await stage.path.wakes.fireDue();
    expect(await texts()).toEqual(['Your code: 1234', 'unknown']);
    await stage.path.outbox.sendDue();
    await stage.path.deliveries.workDue();
    expect(await texts()).toEqual(['Your code: 1234', 'unknown']);
    expect(await run()).toMatchObject({ outcome: 'completed' });
    expect(await untold()).toBe(0);
  });
});
