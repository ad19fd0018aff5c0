import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { until } from '../support/until.ts';
import { accept, answer, type Received } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { holdCommits, isHeld } from './support/held-commits.ts';
import { type HotPath, phoneOf } from './support/hot-path.ts';
import { stageSending } from './support/sending-stage.ts';

const AT_ONCE = 4;
const [person, somebody] = [phoneOf(1), phoneOf(2)];

const stage = stageSending({ flows: [counting('COUNT', 5)], gateway: { mostAtOnce: AT_ONCE } });

/** A node that sends what it decides. */
let node: HotPath;

/** The queue: how often each text in it was claimed, or handed over. */
const queue = async (): Promise<number[]> => {
  const rows: { attempts: number }[] = await stage.source.query(
    `select attempts from outbox where workspace_id = $1 order by message_id`,
    [stage.workspace.id],
  );
  return rows.map(({ attempts }) => attempts);
};

const isEmpty = async (): Promise<boolean> => (await queue()).length === 0;

/** The far end reads and says nothing until it is told to. */
class Held {
  private readonly waiting: (() => void)[] = [];

  readonly behaviour = (response: ServerResponse, received: Received): void => {
    this.waiting.push(() => void accept(response, received));
  };

  release(): void {
    for (const give of this.waiting.splice(0)) give();
    stage.farEnd.behaviour = accept;
  }
}

function hold(): Held {
  const held = new Held();
  stage.farEnd.behaviour = held.behaviour;
  return held;
}

const received = (count: number): Promise<void> => until(() => stage.farEnd.received.length === count);

const textsTo = (to: string): string[] =>
  stage.farEnd.received.filter(({ body }) => body.to === to).map(({ body }) => body.text);

beforeEach(async () => {
  node = await stage.openNode({ sends: true });
  // The first answer is claimed, by which the node gets to know the sender.
  await node.says(somebody, 'COUNT');
  await until(isEmpty);
  stage.farEnd.received.length = 0;
});
afterEach(() => node.close());

describe('an answer of a sender that is known', () => {
  test('is queued as if it were claimed already, and goes out without a claim', async () => {
    const held = hold();
    await node.says(person, 'COUNT');
    expect(await queue()).toEqual([1]);
    // Nobody else takes it meanwhile.
    expect(await stage.path.outbox.sendDue()).toBe(0);
    await received(1);
    held.release();
    await until(isEmpty);
    expect(textsTo(person)).toEqual(['0']);
    expect((await stage.outbound()).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  test('waits its turn behind one that its gateway has not answered', async () => {
    const held = hold();
    await node.says(person, 'COUNT');
    await received(1);
    await node.says(person, 'one');
    expect(await queue()).toEqual([1, 0]);
    held.release();
    await until(isEmpty);
    expect(textsTo(person)).toEqual(['0', '1 after one']);
  });

  test('does not wait until it is written down that the one before it is out', async () => {
    const lock = stage.source.createQueryRunner();
    const held = hold();
    await node.says(person, 'COUNT');
    await lock.startTransaction();
    await lock.query('select from outbox for update');
    await received(1);
    held.release();
    // That it is out is being written down, and waits for the lock.
    await until(() => isHeld(stage.source));
    await node.says(person, 'one');
    await received(2);
    expect(await queue()).toEqual([1, 1]);
    await lock.rollbackTransaction();
    await lock.release();
    await until(isEmpty);
    expect(textsTo(person)).toEqual(['0', '1 after one']);
  });

  test('waits its turn behind one that its gateway did not take, before that is written down', async () => {
    const lock = stage.source.createQueryRunner();
    let fail = (): void => undefined;
    stage.farEnd.behaviour = (response, text) => {
      fail = () => void answer(503)(response, text);
    };
    await node.says(person, 'COUNT');
    await lock.startTransaction();
    await lock.query('select from outbox for update');
    await received(1);
    stage.farEnd.behaviour = accept;
    fail();
    await until(() => isHeld(stage.source));
    await node.says(person, 'one');
    expect(await queue()).toEqual([1, 0]);
    await lock.rollbackTransaction();
    await lock.release();
    stage.clock.advance(60_000);
    await until(async () => {
      node.outbox.nudge();
      return await isEmpty();
    });
    expect(textsTo(person)).toEqual(['0', '0', '1 after one']);
  });

  test('goes once, though its gateway fails at first', async () => {
    let tries = 0;
    stage.farEnd.behaviour = (response, text) => (tries++ === 0 ? answer(503) : accept)(response, text);
    await node.says(person, 'COUNT');
    await until(async () => (await stage.outbound()).some(({ reason }) => reason !== null));
    await node.says(person, 'one');
    stage.clock.advance(60_000);
    await until(async () => {
      node.outbox.nudge();
      return await isEmpty();
    });
    expect(textsTo(person)).toEqual(['0', '0', '1 after one']);
  });

  test('is not handed over where there is no room for it, and what waits for room is not sent once STOP is answered', async () => {
    const held = hold();
    const crowd = Array.from({ length: 3 * AT_ONCE }, (_, n) => phoneOf(10 + n));
    await Promise.all(crowd.map((one) => node.says(one, 'COUNT')));
    const claimed = (await queue()).filter((attempts) => attempts > 0);
    expect(claimed.length).toBeLessThan(crowd.length);
    await received(AT_ONCE);
    const unsent = crowd.find((one) => textsTo(one).length === 0) ?? '';
    await node.says(unsent, 'STOP');
    held.release();
    await until(async () => {
      node.outbox.nudge();
      return await isEmpty();
    });
    expect(textsTo(unsent)).not.toContain('0');
    for (const one of crowd) if (one !== unsent) expect(textsTo(one)).toEqual(['0']);
  });

  test('is kept by the switch that stops all sending, and takes nobody’s room', async () => {
    const crowd = Array.from({ length: AT_ONCE }, (_, n) => phoneOf(10 + n));
    await stage.source.query('update workspaces set sending_stopped = true where id = $1', [
      stage.workspace.id,
    ]);
    for (const one of crowd) await node.says(one, 'COUNT');
    await until(async () => (await queue()).every((attempts) => attempts === 0));
    await stage.source.query('update workspaces set sending_stopped = false where id = $1', [
      stage.workspace.id,
    ]);
    expect(stage.farEnd.received).toEqual([]);
    node.outbox.nudge();
    await until(isEmpty);
    for (const one of crowd) expect(textsTo(one)).toEqual(['0']);
  });

  test('keeps a pace that its sender was given since', async () => {
    await stage.setSender('per_second = 100');
    await node.says(person, 'COUNT');
    await until(isEmpty);
    expect(await stage.source.query('select workspace_id from paces')).toEqual([
      { workspace_id: stage.workspace.id },
    ]);
  });

  test('keeps to the countries its sender was given since', async () => {
    await stage.setSender(`destinations = '{GB}'`);
    await node.says(person, 'COUNT');
    await until(isEmpty);
    expect(stage.farEnd.received).toEqual([]);
    expect((await stage.outbound()).at(-1)).toMatchObject({ status: 'failed' });
  });

  test('keeps to the day its sender was given since', async () => {
    await stage.setSender('most_a_day = 1');
    for (const one of [person, phoneOf(3)]) await node.says(one, 'COUNT');
    // They came in the same millisecond, so that either may be the first.
    await until(async () =>
      (await stage.outbound()).some(({ reason }) => reason?.startsWith('Waits for tomorrow')),
    );
    await received(1);
  });

  test('that the node does not live to send is sent by another, once its lease is over', async () => {
    const held = hold();
    await node.says(person, 'COUNT');
    await received(1);
    stage.farEnd.behaviour = accept;
    stage.clock.advance(120_000);
    await stage.send();
    await until(isEmpty);
    expect(textsTo(person)).toEqual(['0', '0']);
    held.release();
  });

  test('goes back into the queue where the node is ended before there was room for it', async () => {
    const held = hold();
    const crowd = Array.from({ length: 2 * AT_ONCE }, (_, n) => phoneOf(10 + n));
    await Promise.all(crowd.map((one) => node.says(one, 'COUNT')));
    await received(AT_ONCE);
    const closed = node.close();
    await new Promise(setImmediate);
    held.release();
    await closed;
    expect((await queue()).every((attempts) => attempts === 0)).toBe(true);
    await stage.send();
    for (const one of crowd) expect(textsTo(one)).toEqual(['0']);
    node = await stage.openNode({ sends: true });
  });

  test('is claimed anew where its lease is over before it is committed, and goes once', async () => {
    const held = hold();
    const goOn = await holdCommits(stage.source);
    const said = node.says(person, 'COUNT');
    await until(() => isHeld(stage.source));
    stage.clock.advance(61_000);
    await goOn();
    await said;
    const sent = stage.send();
    await until(async () => {
      const leased = await stage.source.query('select from outbox where leased_until > $1', [
        new Date(stage.clock.now()),
      ]);
      return leased.length > 0;
    });
    held.release();
    await sent;
    await until(isEmpty);
    expect(textsTo(person)).toEqual(['0']);
  });

  test('goes back into the queue where the node has ended its sending when it is committed', async () => {
    const goOn = await holdCommits(stage.source);
    const said = node.says(person, 'COUNT');
    await until(() => isHeld(stage.source));
    await node.outbox.onApplicationShutdown();
    await goOn();
    await said;
    await until(async () => (await queue())[0] === 0);
    await node.close();
    await stage.send();
    expect(textsTo(person)).toEqual(['0']);
    node = await stage.openNode({ sends: true });
  });

  test('takes nobody their turn who waits for an operator’s pace', async () => {
    await stage.setSender(`operators = '[{"operator": "US", "perSecond": 1, "mostADay": null}]'`);
    const [first, second, third] = [phoneOf(11), phoneOf(12), phoneOf(13)];
    await node.says(first, 'COUNT');
    await received(1);
    await node.says(second, 'COUNT');
    await until(async () =>
      (await stage.outbound()).some(({ reason }) => reason?.startsWith('Waits its turn') ?? false),
    );
    stage.clock.advance(1_000);
    await node.says(third, 'COUNT');
    await received(2);
    expect(stage.farEnd.received.map(({ body }) => body.to)).toEqual([first, second]);
  });
});
