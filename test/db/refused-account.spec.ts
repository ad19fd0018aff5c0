import { describe, expect, test } from '@jest/globals';
import { Transactions } from '#server/database/transactions.ts';
import { FAILURES_IN_A_ROW } from '#server/outbound/gateway-gate.ts';
import { GatewaysRepository } from '#server/settings/gateways/gateways.repository.ts';
import { until } from '../support/until.ts';
import { accept, answer } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending({
  flows: [counting('COUNT', 5)],
  gateway: { mostAtOnce: 4 },
  clears: ['gateway_troubles'],
});

const says = (n: number) => stage.path.says(phoneOf(n), 'COUNT');
const statuses = async (): Promise<string[]> => (await stage.outbound()).map(({ status }) => status);

interface Trouble {
  rests: number;
  reason: string;
  trouble: string;
  since: Date;
  until: Date;
}

const trouble = async (): Promise<Trouble | undefined> => {
  const [row] = await stage.source.query(
    'select rests, reason, trouble, since, until from gateway_troubles where gateway_id = $1',
    [stage.workspace.gatewayId],
  );
  return row;
};

/** Somebody saves its settings. */
const save = (): Promise<void> =>
  new GatewaysRepository(new Transactions(stage.source)).tryAgain(
    stage.workspace.gatewayId,
    new Date(stage.clock.now()),
  );

describe('a carrier that refuses the account', () => {
  const refusing = async () => {
    stage.farEnd.behaviour = answer(401, 'no such key');
    for (let n = 0; n < 20; n++) await says(n);
    await stage.send();
    await until(async () => (await trouble()) !== undefined);
  };
  /** Goes to the end of the rest and lets one text try. */
  const tryOne = async () => {
    const { until: over } = (await trouble()) ?? { until: new Date(stage.clock.now()) };
    stage.clock.set(Math.max(over.getTime(), stage.clock.now() + 3_000));
    const rests = (await trouble())?.rests ?? 0;
    const asked = stage.farEnd.received.length;
    // What stood ready before the clock was moved goes back first: its lease is over.
    while (stage.farEnd.received.length === asked) await stage.path.outbox.sendDue();
    expect(stage.farEnd.received).toHaveLength(asked + 1);
    await until(async () => (await trouble())?.rests !== rests);
  };

  test('is left alone at the first word of it, and nothing is lost, however long it takes', async () => {
    await refusing();
    expect(stage.farEnd.received.length).toBeLessThanOrEqual(4);
    expect(await trouble()).toMatchObject({ trouble: 'refused', rests: 1 });
    const before = stage.farEnd.received.length;
    for (const status of [401, 402, 403, 407, 401, 401, 401, 401]) {
      stage.farEnd.behaviour = answer(status, 'no such key');
      await tryOne();
      expect((await trouble())?.reason).toContain(`HTTP ${status} no such key`);
    }
    // Each time it is another text that tries.
    expect(new Set(stage.farEnd.received.slice(before).map(({ body }) => body.id)).size).toBe(8);
    expect(new Set(await statuses())).toEqual(new Set(['queued']));
    stage.farEnd.behaviour = accept;
    stage.clock.advance(10 * 60_000);
    await until(async () => {
      await stage.path.outbox.sendDue();
      return (await statuses()).every((one) => one === 'sent');
    });
  });

  test('is tried at once, and once, on every node when its settings are saved', async () => {
    await refusing();
    for (let tries = 0; tries < 5; tries++) await tryOne();
    const other = await stage.openNode();
    stage.clock.advance(3_000);
    expect(await stage.path.outbox.sendDue()).toBe(0);
    expect(await other.outbox.sendDue()).toBe(0);
    await save();
    expect(await stage.path.outbox.sendDue()).toBe(1);
    expect(await stage.path.outbox.sendDue()).toBe(0);
    stage.farEnd.behaviour = accept;
    stage.clock.advance(3_000);
    await save();
    await until(async () => {
      await other.outbox.sendDue();
      return (await statuses()).every((one) => one === 'sent');
    });
    await until(async () => (await trouble()) === undefined);
    await other.close();
  });

  test('goes on at every node as soon as one text has got through at any', async () => {
    await refusing();
    const other = await stage.openNode();
    for (let tries = 0; tries < 5; tries++) await tryOne();
    // Our own rest goes on for minutes; the other node tries before, because somebody asks it to.
    stage.farEnd.behaviour = accept;
    await save();
    expect(await other.outbox.sendDue()).toBe(1);
    await until(async () => (await trouble()) === undefined);
    stage.clock.advance(2_000);
    expect(await stage.path.outbox.sendDue()).toBeGreaterThan(1);
    await other.close();
  });

  test('since when is told apart from what was the matter before', async () => {
    stage.farEnd.behaviour = answer(500, 'broken');
    for (let n = 0; n < 2 * FAILURES_IN_A_ROW; n++) await says(n);
    await stage.send();
    await until(async () => (await trouble()) !== undefined);
    const before = (await trouble())?.since;
    stage.farEnd.behaviour = answer(401);
    await tryOne();
    const since = (await trouble())?.since;
    expect(since?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
    await tryOne();
    expect((await trouble())?.since).toEqual(since);
  });

  test('but takes others’ texts means the text: it is given up alone, and holds nobody up', async () => {
    stage.farEnd.behaviour = (response, received) =>
      received.body.to === phoneOf(0)
        ? void response.writeHead(403).end('not to this network')
        : accept(response, received);
    await says(1);
    await stage.path.outbox.sendDue();
    await says(0);
    for (let n = 2; n < 40; n++) {
      await says(n);
      await stage.path.outbox.sendDue();
      expect(await trouble()).toBeUndefined();
      stage.clock.advance(20_000);
    }
    const fates = await statuses();
    expect(fates.filter((one) => one === 'failed')).toHaveLength(1);
    expect(fates.filter((one) => one === 'sent')).toHaveLength(39);
  });

  test('names a person who has stopped: that is about the person', async () => {
    stage.farEnd.behaviour = answer(403, JSON.stringify({ code: 40300 }));
    await says(1);
    await stage.path.outbox.sendDue();
    expect(await statuses()).toEqual(['failed']);
    expect(await trouble()).toBeUndefined();
  });
});
