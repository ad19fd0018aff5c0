import { describe, expect, test } from '@jest/globals';
import { FAILURES_IN_A_ROW } from '#server/outbound/gateway-gate.ts';
import { until } from '../support/until.ts';
import { accept, answer, type Behaviour } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const AT_ONCE = 4;

const stage = stageSending({
  flows: [counting('COUNT', 5)],
  gateway: { mostAtOnce: AT_ONCE },
  clears: ['gateway_troubles'],
});

const SOMEBODY = phoneOf(FAILURES_IN_A_ROW + 1);

const trouble = async (): Promise<{ until: Date } | undefined> => {
  const [row] = await stage.source.query('select until from gateway_troubles where gateway_id = $1', [
    stage.workspace.gatewayId,
  ]);
  return row;
};
const statusOf = async (phone: string): Promise<string> => {
  const [row] = await stage.source.query(
    `select m.status from outbound m join contacts c on c.id = m.contact_id where m.workspace_id = $1 and c.phone = $2`,
    [stage.workspace.id, phone],
  );
  return row.status;
};

describe.each<[string, Behaviour, number]>([
  ['fails over', answer(500, 'out of order'), FAILURES_IN_A_ROW],
  ['does not allow', answer(403, 'not to them'), AT_ONCE],
])('texts that a gateway %s', (_, refuse, poisoned) => {
  /** Whom it would take is texted after all that it does not are due again, and its first rest is over. */
  async function isTexted({ meanwhile = async (): Promise<void> => undefined } = {}): Promise<void> {
    stage.farEnd.behaviour = (response, received) =>
      received.body.to === SOMEBODY ? accept(response, received) : refuse(response, received);
    for (let n = 0; n < poisoned; n++) await stage.path.says(phoneOf(n), 'COUNT');
    await stage.send();
    await until(async () => (await trouble()) !== undefined);
    const over = (await trouble())?.until.getTime() ?? 0;
    await meanwhile();
    stage.clock.set(over - 1);
    await stage.path.says(SOMEBODY, 'COUNT');
    stage.clock.set(over);
    stage.farEnd.received.length = 0;
    await stage.send();
  }

  test('keep it from nobody else for longer than their first rest', async () => {
    await isTexted();
    await until(async () => (await statusOf(SOMEBODY)) !== 'queued', 20);
    expect(await statusOf(SOMEBODY)).toBe('sent');
    await until(async () => (await trouble()) === undefined);
  });

  test('are not tried before others by a node that has begun since', async () => {
    await isTexted({ meanwhile: () => stage.restart() });
    expect(stage.farEnd.received[0]?.body.to).toBe(SOMEBODY);
  });
});
