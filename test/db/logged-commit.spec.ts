import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNatsServer } from '../../scripts/nats.mjs';
import { until } from '../support/until.ts';
import { CutWire } from './support/cut-wire.ts';
import { FarEnd } from './support/far-end.ts';
import { counting } from './support/flows.ts';
import { holdCommits, isHeld } from './support/held-commits.ts';
import { phoneOf } from './support/hot-path.ts';
import { LoggedStage } from './support/logged-stage.ts';

const program = findNatsServer();
const whereNats = program ? describe : describe.skip;

/** What only the worker of the log says before it commits. */
const MOVES = 'update inbound_log p set seq';

whereNats('an answer to a text of the log whose batch', () => {
  let stage: LoggedStage;
  let farEnd: FarEnd;
  let wire: CutWire;
  let count = 0;
  let person: string;

  beforeAll(async () => {
    farEnd = await FarEnd.open();
    const gateway = { kind: 'http', config: { sendUrl: farEnd.url } };
    stage = await LoggedStage.open(program ?? '', { flows: [counting('COUNT', 5)], gateway });
    wire = await CutWire.open(stage.database.url);
    await stage.startNode(wire.url);
  }, 60_000);
  afterAll(async () => {
    await stage?.close();
    await wire?.close();
    await farEnd?.close();
  }, 60_000);

  beforeEach(async () => {
    person = phoneOf(++count);
    // The first answer is claimed, by which the node gets to know the sender.
    await stage.says(phoneOf(100 + count), 'COUNT');
    await untilSent(phoneOf(100 + count));
  });
  afterEach(async () => {
    // Nobody gets it a second time.
    await sleep(200);
    expect(sentTo(person)).toEqual(['0']);
    const rows = await stage.source.query('select status from inbound where from_address = $1', [person]);
    expect(rows).toEqual([{ status: 'decided' }]);
  });

  const sentTo = (to: string): string[] =>
    farEnd.received.filter(({ body }) => body.to === to).map(({ body }) => body.text);

  async function untilSent(to: string): Promise<void> {
    await until(() => sentTo(to).length > 0);
    await until(async () => (await stage.source.query('select from outbox')).length === 0);
  }

  const says = async (): Promise<void> =>
    expect((await stage.says(person, 'COUNT')).accepted?.status).toBe('pending');

  test('was committed, though the connection ended before it said so, goes out at once, and once', async () => {
    wire.cutCommit('after', MOVES);
    await says();
    await untilSent(person);
  });

  test('is committed once its connection has ended goes out as well', async () => {
    const goOn = await holdCommits(stage.source);
    wire.cutCommit('while', MOVES);
    await says();
    await until(() => isHeld(stage.source));
    await sleep(100);
    await goOn();
    await untilSent(person);
  });

  test('was never committed goes out when it is decided again', async () => {
    wire.cutCommit('before', MOVES);
    await says();
    await untilSent(person);
  });
});
