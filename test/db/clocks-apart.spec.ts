import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createLog } from '#server/common/log.ts';
import { SharedClock } from '#server/common/shared-clock.ts';
import { ClockWatch } from '#server/database/clock-watch.ts';
import { until } from '../support/until.ts';
import { accept } from './support/far-end.ts';
import { openHotPath } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

/** More than a lease of a text lasts, in milliseconds. */
const AHEAD_MS = 90_000;

const stage = stageSending();

test('a node whose machine is a minute and a half ahead does not send again what another is sending', async () => {
  const open = async (ahead: number) => {
    const clock = new SharedClock({
      wall: () => Date.now() + ahead,
      steady: () => performance.now(),
      sleepless: () => performance.now(),
    });
    await new ClockWatch(stage.source, clock, createLog('silent')).onModuleInit();
    return openHotPath(stage.database.url, stage.workspace, clock);
  };
  const [right, ahead] = [await open(0), await open(AHEAD_MS)];
  let take = (): void => undefined;
  stage.farEnd.behaviour = (response, received) => {
    take = () => void accept(response, received);
  };
  stage.clock.set(Date.now());
  await stage.queue({ purpose: 'reply', prompted: true });
  right.outbox.nudge();
  await until(() => stage.farEnd.received.length === 1);
  stage.farEnd.behaviour = accept;
  ahead.outbox.nudge();
  await sleep(500);
  take();
  await until(async () => (await stage.firstOutbound()).status === 'sent');
  expect(stage.farEnd.received).toHaveLength(1);
  await right.close();
  await ahead.close();
});
