import { describe, expect, test } from '@jest/globals';
import type { Accepted } from '#shared/api/inbound.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { classify, LaneConnection } from '#server/database/lane-connection.ts';
import { isAnswering } from '#server/database/silence.ts';
import { until } from '../support/until.ts';
import { CutWire } from './support/cut-wire.ts';
import { counting } from './support/flows.ts';
import { isHeld } from './support/held-commits.ts';
import { openHotPath, phoneOf } from './support/hot-path.ts';
import { stageTexting } from './support/texting-stage.ts';

const stage = stageTexting(() => ({ flows: [counting('COUNT', 40)] }));

/** Within so many milliseconds a gateway is told to come again. */
const BOUND_MS = 30_000;

describe('a database whose machine is gone without a word', () => {
  test('is noticed: texts are answered 503 within half a minute, and the next is decided once it is back', async () => {
    const wire = await CutWire.open(stage.database.url);
    const node = await openHotPath(wire.url, stage.workspace, stage.clock);
    const says = (text: string) => node.says(phoneOf(1), text, { gatewayMessageId: text });
    await says('COUNT');
    wire.setGone(true);
    const began = performance.now();
    await expect(says('x')).rejects.toMatchObject({ status: 503, code: 'inbound.database' });
    wire.setGone(false);
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
    let answer: Accepted | null = null;
    await until(async () => {
      answer = await says('x').catch(() => null);
      return answer !== null;
    }, 100);
    expect(answer).toMatchObject({ status: 'decided', replies: [{ text: '1 after x' }] });
    await node.close();
    await wire.close();
  }, 120_000);

  test('is not what a slow one is: a lane waits for its answer, and notices one that is gone', async () => {
    const wire = await CutWire.open(stage.database.url);
    const pool = createDataSource({ url: wire.url });
    await pool.initialize();
    const lane = new LaneConnection(pool, '', { silentMs: 100, longestMs: 20_000 });
    const slow = await lane.transaction((client) => client.query('select pg_sleep(1), 7 as seven'));
    expect(slow.rows).toMatchObject([{ seven: 7 }]);
    wire.setGone(true);
    await expect(lane.transaction((client) => client.query('select 1'))).rejects.toThrow(
      'Connection terminated: there was no answer for 0.1 seconds',
    );
    wire.setGone(false);
    await lane.transaction((client) => client.query('select 1'));
    await lane.drop();
    await pool.destroy();
    await wire.close();
  });

  test('is not what a lock is that nobody gives back: it is given up by both ends', async () => {
    const holder = stage.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table inbound in access exclusive mode');
    const lane = new LaneConnection(stage.source, '', { silentMs: 100, longestMs: 4_000 });
    const asked = lane.transaction((client) => client.query('select from inbound')).catch(classify);
    await until(() => isHeld(stage.source));
    expect(await asked).toBe('lost');
    await until(async () => !(await isHeld(stage.source)));
    await holder.rollbackTransaction();
    await holder.release();
    await lane.transaction((client) => client.query('select from inbound'));
    await lane.drop();
  });

  test('holds nobody for ever who asked it for something else', async () => {
    const wire = await CutWire.open(stage.database.url);
    const pool = createDataSource({ url: wire.url, pool: 1, longestMs: 3_000 });
    await pool.initialize();
    await pool.query('select 1');
    wire.setGone(true);
    await expect(pool.query('select 1')).rejects.toThrow('Query read timeout');
    wire.setGone(false);
    const isBack = () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      );
    await until(isBack, 100);
    await pool.destroy();
    await wire.close();
  });

  test('is no database that refuses whoever connects: that one is there', async () => {
    const answers = (url: string): Promise<boolean> => isAnswering(createDataSource({ url }));
    expect(await answers(stage.database.url)).toBe(true);
    const refusing = new URL(stage.database.url);
    refusing.pathname = '/there-is-none';
    expect(await answers(refusing.href)).toBe(true);
    expect(await answers('postgres://localhost:1/none')).toBe(false);
  });
});
