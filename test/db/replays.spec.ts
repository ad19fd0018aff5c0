import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '#server/common/ids.ts';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { storeReceipts } from '#server/outbound/receipts/receipts.repository.ts';
import { Replays } from '#server/messages/replays.ts';
import { NEW_YORK, NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';
import { until } from '../support/until.ts';
import { answer, cut, FarEnd } from './support/far-end.ts';

const stage = stageSending({ at: NOON_IN_NEW_YORK });
const DAY = 24 * 3_600_000;

/** Queues a text that the far end refuses for good; returns its id. */
async function failed(more: Parameters<typeof stage.queue>[0]): Promise<string> {
  stage.farEnd.behaviour = answer(400);
  const id = await stage.queue(more);
  await stage.send();
  expect((await stage.fateOf(id)).status).toBe('failed');
  stage.farEnd.received.length = 0;
  return id;
}

let replay: (id: string) => Promise<boolean>;

beforeEach(() => {
  const { source, clock, path, workspace } = stage;
  const replays = new Replays(source, clock, path.inbound, path.outbox);
  replay = (id) => replays.replay(workspace.id, id);
});

describe('a text that is sent again by hand', () => {
  test.each(['marketing', 'service'] as const)(
    'in the night answers nobody who is awake: %s waits for the morning',
    async (purpose) => {
      const id = await failed({ purpose, prompted: true });
      stage.clock.set('2026-03-03T07:00:00Z');
      expect(await replay(id)).toBe(true);
      await until(async () => (await stage.fateOf(id)).due !== '2026-03-03T07:00:00.000Z');
      expect(stage.farEnd.received).toEqual([]);
      expect(await stage.fateOf(id)).toMatchObject({ status: 'queued', due: '2026-03-03T13:00:00.000Z' });
    },
  );

  test('confirms no STOP of yesterday to somebody who came back', async () => {
    const id = await failed({ purpose: 'reply' });
    stage.clock.advance(DAY);
    expect(await replay(id)).toBe(true);
    await until(async () => (await stage.fateOf(id)).status !== 'queued');
    expect(stage.farEnd.received).toEqual([]);
    expect(await stage.fateOf(id)).toMatchObject({
      status: 'expired',
      reason: expect.stringMatching(/within five minutes/),
    });
  });

  test('is another text to a far end that had taken it, although nobody heard so until it was not delivered', async () => {
    stage.farEnd.behaviour = cut;
    const id = await stage.queue({ purpose: 'code', prompted: true });
    await stage.send();
    const { id: workspaceId, gatewayId } = stage.workspace;
    const account = { id: gatewayId, workspaceId, kind: 'http', config: {} };
    const receipt = {
      gatewayMessageId: null,
      messageId: id,
      status: 'failed',
      detail: null,
      at: null,
    } as const;
    const connection = new LaneConnection(stage.source);
    await connection.statement((client) =>
      storeReceipts(
        client,
        [{ account, receipt: { ...receipt, blocked: false, network: null } }],
        stage.clock.now(),
      ),
    );
    await connection.drop();
    stage.farEnd.behaviour = answer(200, '{}');
    expect(await replay(id)).toBe(true);
    await until(async () => (await stage.fateOf(id)).status === 'sent');
    const keys = stage.farEnd.received.map(({ headers }) => headers['webhook-id']);
    expect(keys[0]).toBe(id);
    expect(keys.at(-1)).not.toBe(id);
  });

  test('goes after the answers that somebody waits for', async () => {
    const offer = await failed({ purpose: 'marketing', prompted: true });
    const switchSending = (stopped: boolean) =>
      stage.source.query('update workspaces set sending_stopped = $1', [stopped]);
    await stage.setSender('per_second = 1');
    stage.farEnd.behaviour = answer(200, '{}');
    await switchSending(true);
    expect(await replay(offer)).toBe(true);
    stage.clock.advance(1);
    const reply = await stage.queue({ to: '+12125550199', purpose: 'reply', prompted: true });
    await switchSending(false);
    await stage.path.outbox.sendDue();
    expect(stage.farEnd.received.map(({ body }) => body.id)).toEqual([reply]);
  });

  test('goes through the gateway that its sender has by then', async () => {
    const id = await failed({ purpose: 'code', prompted: true });
    const other = await FarEnd.open();
    const gatewayId = newId(1);
    await stage.source.query(
      `insert into gateways (id, workspace_id, name, kind, key, config, created_at)
       values ($1::uuid, $2, 'Other', 'http', $1::uuid::text, $3, now())`,
      [gatewayId, stage.workspace.id, { sendUrl: other.url }],
    );
    await stage.setSender('gateway_id = $2', [gatewayId]);
    expect(await replay(id)).toBe(true);
    await until(async () => (await stage.fateOf(id)).status !== 'queued');
    expect([stage.farEnd.received.length, other.received.length]).toEqual([0, 1]);
    expect(await stage.fateOf(id)).toMatchObject({ status: 'sent' });
    await other.close();
  });

  test('is none where its person was forgotten, and no word of it is left', async () => {
    const id = await failed({ purpose: 'code', to: NEW_YORK });
    await stage.source.query(`update outbound set text = '' where id = $1`, [id]);
    expect(await replay(id)).toBe(false);
    await stage.send();
    expect(stage.farEnd.received).toEqual([]);
  });
});
