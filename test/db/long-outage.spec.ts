import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { Absence } from '#server/outbound/absence.ts';
import { claim } from '#server/outbound/claim.ts';
import { allLanes } from '#server/outbound/lanes.ts';
import { until } from '../support/until.ts';
import { CutWire } from './support/cut-wire.ts';
import { accept } from './support/far-end.ts';
import { stageSending } from './support/sending-stage.ts';

const stage = stageSending();
/** Leases are over then. */
const LONG_MS = 70_000;

describe('a database that is away for longer than leases last', () => {
  test('hears from the node first what went out meanwhile, before that claims anything', async () => {
    const wire = await CutWire.open(stage.database.url);
    const node = await stage.openNode({ url: wire.url });
    let take = (): void => undefined;
    stage.farEnd.behaviour = (response, received) => {
      take = () => void accept(response, received);
    };
    await stage.queue({ purpose: 'reply', prompted: true });
    node.outbox.nudge();
    await until(() => stage.farEnd.received.length === 1);
    wire.setDown(true);
    take();
    stage.farEnd.behaviour = accept;
    stage.clock.advance(LONG_MS);
    await until(() => wire.refused > 2);
    await sleep(2_100);
    wire.setDown(false);
    node.outbox.nudge();
    await until(async () => (await stage.firstOutbound()).status === 'sent');
    node.outbox.nudge();
    await sleep(100);
    expect(stage.farEnd.received).toHaveLength(1);
    await node.close();
    await wire.close();
  });

  test('leaves the other nodes time to say what went out before their leases are taken for over', async () => {
    let at = 0;
    const absence = new Absence(() => at);
    await stage.queue({ purpose: 'reply', prompted: true });
    const connection = new LaneConnection(stage.source);
    const claimed = (): Promise<number> =>
      connection.statement(async (client) => {
        const now = stage.clock.now();
        const wanted = (await allLanes(client, now)).due.map((lane) => ({ lane, most: 10 }));
        const leased = await claim(client, now, wanted, absence.leasesOverBy(now));
        absence.heard(now);
        return leased.length;
      });
    expect(await claimed()).toBe(1);
    for (const one of [LONG_MS, 2_000]) {
      at += one;
      stage.clock.advance(one);
      expect(await claimed()).toBe(0);
    }
    at += 1_000;
    expect(await claimed()).toBe(1);
    await connection.drop();
  });
});

test('a lease that ends while the database answers is over at once', () => {
  let at = 0;
  const absence = new Absence(() => at);
  for (let now = 0; now < 100_000; now += 1_000) {
    expect(absence.leasesOverBy(now)).toBe(now);
    absence.heard(now);
    at += 1_000;
  }
});
