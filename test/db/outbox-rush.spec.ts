import { expect, test } from '@jest/globals';
import { until } from '../support/until.ts';
import { accept } from './support/far-end.ts';
import { phoneOf } from './support/hot-path.ts';
import { queueText } from './support/queue-text.ts';
import { NOON_IN_NEW_YORK, stageSending } from './support/sending-stage.ts';

const AT_ONCE = 8;
const PEOPLE = 60;
const TEXTS_EACH = 4;

const stage = stageSending({ at: NOON_IN_NEW_YORK, gateway: { mostAtOnce: AT_ONCE }, clears: ['outbound'] });

async function queueForEverybody(): Promise<void> {
  for (let n = 0; n < TEXTS_EACH; n++) {
    stage.clock.advance(1);
    for (let person = 0; person < PEOPLE; person++) {
      const [to, text, at] = [phoneOf(person), String(n), stage.clock.now()];
      await queueText(stage.source, stage.workspace, { to, text, prompted: true, at });
    }
  }
}

/** Looks for what is due again and again, as a node's timer does. */
const sendAll = (): Promise<void> =>
  until(async () => {
    stage.path.outbox.nudge();
    return (await stage.source.query('select from outbox limit 1')).length === 0;
  });

test('a rush goes to each once and in order, and never more at once than the gateway bears', async () => {
  let underWay = 0;
  let most = 0;
  stage.farEnd.behaviour = (response, received) => {
    most = Math.max(most, ++underWay);
    setImmediate(() => {
      underWay--;
      void accept(response, received);
    });
  };
  await queueForEverybody();
  await sendAll();
  expect(stage.farEnd.received).toHaveLength(PEOPLE * TEXTS_EACH);
  expect(most).toBeLessThanOrEqual(AT_ONCE);
  for (let person = 0; person < PEOPLE; person++) {
    const read = stage.farEnd.received.filter(({ body }) => body.to === phoneOf(person));
    expect(read.map(({ body }) => body.text)).toEqual(['0', '1', '2', '3']);
  }
});

test('in the midst of a rush nothing more goes to somebody whose STOP was answered', async () => {
  const stopped = phoneOf(PEOPLE - 1);
  // All but the one that confirms their STOP.
  const texts = (): number =>
    stage.farEnd.received.filter(({ body }) => body.to === stopped && body.text.length === 1).length;
  await queueForEverybody();
  stage.path.outbox.nudge();
  await until(() => stage.farEnd.received.length > PEOPLE / 2);
  await stage.path.says(stopped, 'STOP');
  const before = texts();
  await sendAll();
  // What was on its way when STOP was answered may arrive after it: one at most, for the next waits for it.
  expect(texts() - before).toBeLessThanOrEqual(1);
});
