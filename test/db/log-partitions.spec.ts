import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  decodeEntry,
  MARKS,
  markOf,
  PARTITIONS,
  partitionOf,
  repeatId,
} from '#server/inbound-log/log-entry.ts';
import type { LogStream } from '#server/inbound-log/log-stream.ts';
import { PartitionReader } from '#server/inbound-log/partition-reader.ts';
import type { TextWork } from '#server/inbound/work.ts';
import { SENDER } from '../support/phone-stage.ts';
import { phoneOf } from './support/hot-path.ts';

/** A text as it comes out of the log. */
function textEntry(more: object = {}): TextWork {
  const id = '018f0000-0000-7000-8000-000000000001';
  const entry = {
    ...{ id, workspaceId: id, gatewayId: id, phone: '+447700900001', reachable: true, from: '+447700900001' },
    ...{ to: SENDER.address, text: 'hi', gatewayMessageId: 'a', extra: null, at: 1 },
  };
  return decodeEntry(Buffer.from(JSON.stringify({ ...entry, ...more })));
}

test('what was decided while a reader began is not handed out by it again', () => {
  const reader = new PartitionReader(0, 0, () => undefined);
  const work = textEntry();
  for (const seq of [1, 2, 3]) reader.ahead.push({ partition: 0, seq, work });
  reader.position = 2;
  expect(reader.take(10).map(({ seq }) => seq)).toEqual([3]);
});

describe('a partition of the log', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Gives so many entries and a sign of life a second for so long, then nothing. */
  function silentAfter(entries: number, signs: number): LogStream {
    let end = (): void => undefined;
    const closed = new Promise<void>((resolve) => (end = resolve));
    async function* messages() {
      for (let seq = 1; seq <= entries; seq++) yield { seq, info: { pending: 0 }, data: Buffer.from('{}') };
      await closed;
    }
    async function* status() {
      for (let n = 0; n < signs; n++) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        yield { type: 'heartbeat' };
      }
    }
    const read = async () => Object.assign(messages(), { status, close: async () => end() });
    return { read } as unknown as LogStream;
  }

  test('whose reader is gone with its server is given up, to be read anew', async () => {
    const reader = new PartitionReader(0, 0, () => undefined);
    const ended = jest.fn();
    const reading = reader.run(silentAfter(3, 20)).catch(ended);
    await jest.advanceTimersByTimeAsync(20_000);
    expect([reader.ahead.length, ended.mock.calls.length]).toEqual([3, 0]);
    await jest.advanceTimersByTimeAsync(10_000);
    await reading;
    expect(ended).toHaveBeenCalled();
  });

  test('is not given up while there is no room for what would come', async () => {
    const reader = new PartitionReader(0, 0, () => undefined);
    const ended = jest.fn();
    const reading = reader.run(silentAfter(1_000, 0)).catch(ended);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ended).not.toHaveBeenCalled();
    expect(reader.take(1_000)).toHaveLength(1_000);
    await jest.advanceTimersByTimeAsync(10_000);
    await reading;
    expect(ended).toHaveBeenCalled();
  });
});

test('parts of a text that share their id are no repeats of each other, and each is of itself', () => {
  const parts = [1, 2, 1].map((number) =>
    textEntry({ part: { reference: '7', number, total: 2, text: 'hi' } }),
  );
  const [one, two, again] = parts.map(repeatId);
  expect(again).toBe(one);
  expect(two).not.toBe(one);
});

test.each<[string, object]>([
  ['of no time', { at: 1e300 }],
  ['of a billion parts', { part: { reference: '7', number: 1, total: 1e9, text: 'hi' } }],
  ['beyond the last part', { part: { reference: '7', number: 3, total: 2, text: 'hi' } }],
])('an entry %s is none', (_, more) => {
  expect(() => textEntry(more)).toThrow();
});

test('a contact keeps its partition and its mark for ever: nodes of two versions would disagree about its order', () => {
  const workspaceId = '01980000-0000-7000-8000-000000000000';
  const places = [1, 2, 3].map((n) => ({ workspaceId, phone: phoneOf(n) }));
  expect([PARTITIONS, MARKS]).toEqual([8, 8_192]);
  expect(places.map((texter) => [partitionOf(texter), markOf(texter)])).toEqual([
    [4, 3204],
    [5, 3972],
    [2, 3716],
  ]);
});

test('every contact has a partition, and each partition has contacts', () => {
  const counts = new Array<number>(PARTITIONS).fill(0);
  for (let n = 0; n < 8_000; n++) {
    const partition = partitionOf({
      workspaceId: '01980000-0000-7000-8000-000000000000',
      phone: phoneOf(n * 977),
    });
    counts[partition] = (counts[partition] ?? 0) + 1;
  }
  expect(counts).toHaveLength(PARTITIONS);
  for (const count of counts) expect(count).toBeGreaterThan(800);
});
