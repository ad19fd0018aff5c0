import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.ts';
import { type Cut, CutWire } from './support/cut-wire.ts';
import { accept } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { holdCommits, isHeld } from './support/held-commits.ts';
import { type HotPath, phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const [person, somebody] = [phoneOf(1), phoneOf(2)];

const AT_ONCE = 8;

const stage = stageSending({ flows: [counting('COUNT', 5)], gateway: { mostAtOnce: AT_ONCE } });
let wire: CutWire;
/** A node that sends what it decides. */
let node: HotPath;

const queue = (): Promise<{ attempts: number }[]> => stage.source.query('select attempts from outbox');
const isEmpty = async (): Promise<boolean> => (await queue()).length === 0;

/** Somebody texts, and their gateway is told that the database is out of reach. */
async function saysInVain(cut: Cut): Promise<void> {
  wire.cutCommit(cut);
  await expect(node.says(person, 'COUNT', { gatewayMessageId: '1' })).rejects.toMatchObject({ status: 503 });
}

beforeEach(async () => {
  wire = await CutWire.open(stage.database.url);
  node = await stage.openNode({ sends: true, url: wire.url });
  // The first answer is claimed, by which the node gets to know the sender.
  await node.says(somebody, 'COUNT');
  await until(isEmpty);
  stage.farEnd.received.length = 0;
});
afterEach(async () => {
  await node.close();
  await wire.close();
});

describe('an answer whose batch', () => {
  test('was committed, though the connection ended before it said so, goes out once', async () => {
    await saysInVain('after');
    await until(isEmpty);
    const again = await node.says(person, 'COUNT', { gatewayMessageId: '1' });
    expect(again).toMatchObject({ status: 'decided', replies: [{ text: '0' }] });
    expect(stage.farEnd.texts).toEqual(['0']);
  });

  test('is committed once its connection has ended goes out as well', async () => {
    const goOn = await holdCommits(stage.source);
    const said = saysInVain('while');
    await until(() => isHeld(stage.source));
    await said;
    await sleep(100);
    await goOn();
    await until(() => stage.farEnd.texts.length > 0);
    await until(isEmpty);
    expect(stage.farEnd.texts).toEqual(['0']);
  });

  test('was never committed goes out when it is decided again', async () => {
    await saysInVain('before');
    await node.says(person, 'COUNT', { gatewayMessageId: '1' });
    await until(isEmpty);
    expect(stage.farEnd.texts).toEqual(['0']);
  });

  test('was committed goes back into the queue where the node ends before it knows', async () => {
    await saysInVain('after');
    await node.close();
    await until(async () => (await queue()).every(({ attempts }) => attempts === 0));
    await stage.send();
    expect(stage.farEnd.texts).toEqual(['0']);
    node = await stage.openNode({ sends: true });
  });
});

test('an answer whose turn comes when the connection that sends has ended goes all the same', async () => {
  wire.setDown(true);
  wire.setDown(false);
  const says = () => node.says(person, 'COUNT', { gatewayMessageId: '1' });
  await until(() =>
    says().then(
      () => true,
      () => false,
    ),
  );
  await until(isEmpty);
  expect(stage.farEnd.texts).toEqual(['0']);
});

test('an answer that waits for room while the database is away goes once it is back', async () => {
  const held: (() => void)[] = [];
  stage.farEnd.behaviour = (response, received) => void held.push(() => void accept(response, received));
  const crowd = Array.from({ length: AT_ONCE }, (_, n) => phoneOf(10 + n));
  for (const one of crowd) await node.says(one, 'COUNT');
  // The last has no room, because one text alone is not worth a round.
  await until(() => held.length >= AT_ONCE - 1);
  // It has waited for so long that it is to go back.
  await sleep(1_050);
  wire.setDown(true);
  node.outbox.nudge();
  await until(() => wire.refused > 0);
  wire.setDown(false);
  stage.farEnd.behaviour = accept;
  for (const give of held) give();
  await until(isEmpty);
  expect(stage.farEnd.received.map(({ body }) => body.to)).toEqual(crowd);
});
