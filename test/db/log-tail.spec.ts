import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { register } from 'prom-client';
import { createLog } from '#server/common/log.ts';
import { LogStream } from '#server/inbound-log/log-stream.ts';
import { LogTail } from '#server/inbound-log/log-tail.ts';
import { PartitionReader } from '#server/inbound-log/partition-reader.ts';
import type { PositionsRepository } from '#server/inbound-log/positions.repository.ts';
import { findNatsServer } from '../../scripts/nats.mjs';
import { startNats } from '../support/nats.ts';

const program = findNatsServer();
const testOnNats = program ? test : test.skip;

/** A log of which a test says what has been written, and what of it comes by. */
class FakeLog {
  made = 1;
  first = 1;
  end = 0;
  private entries: { subject: string; seq: number }[] = [];
  private readers: (() => void)[] = [];
  private shown = 0;

  /** Somebody's text is acknowledged. */
  write(subject: string): number {
    this.entries.push({ subject: `textloom.inbound.${subject}`, seq: ++this.end });
    return this.end;
  }

  /** What was written comes by, as far as there. */
  show(end = this.end): void {
    this.shown = end;
    for (const wake of this.readers.splice(0)) wake();
  }

  /** The log is made anew, and empty. */
  begin(): void {
    this.made++;
    this.end = 0;
    this.shown = 0;
    this.entries = [];
  }

  get stream(): LogStream {
    const follow = async (after: number) => this.reading(after);
    const fence = async () => this.write('fence.0');
    const extent = async () => ({ made: this.made, first: this.first, end: this.end });
    return { follow, fence, extent } as unknown as LogStream;
  }

  private reading(after: number) {
    let at = after;
    let isOpen = true;
    const next = (): Promise<void> => new Promise((resolve) => this.readers.push(resolve));
    const entries = () => this.entries.find(({ seq }) => seq > at && seq <= this.shown);
    async function* messages() {
      for (;;) {
        const entry = entries();
        if (!isOpen) return;
        if (!entry) await next();
        else {
          at = entry.seq;
          yield entry;
        }
      }
    }
    async function* status() {}
    const close = async (): Promise<void> => {
      isOpen = false;
      this.show(this.shown);
    };
    return Object.assign(messages(), { status, close });
  }
}

const place = { partition: 3, mark: 5 };
let log: FakeLog;
let tail: LogTail;
/** How far that partition is decided; null while the database is away. */
let decided: number | null;
beforeEach(() => {
  log = new FakeLog();
  decided = 0;
  const positions = {
    read: async () => {
      if (decided === null) throw new Error('Connection terminated');
      return [{ partition: 3, seq: decided, decidedUntil: 0 }];
    },
  };
  tail = new LogTail(log.stream, positions as unknown as PositionsRepository, createLog('silent'));
});
afterEach(async () => {
  jest.useRealTimers();
  await tail.stop();
});

/** Whether somebody who asked is told so by now. */
async function isKnown(asked: Promise<void>): Promise<boolean> {
  await new Promise(setImmediate);
  return await Promise.race([asked.then(() => true), new Promise<boolean>((r) => setImmediate(r, false))]);
}

describe('the tail of the log', () => {
  test('says nothing of what was acknowledged before somebody asked until all of that has come by', async () => {
    tail.start();
    const seq = log.write('3.5');
    const asked = tail.catchUp();
    expect(await isKnown(asked)).toBe(false);
    log.show(seq);
    expect(await isKnown(asked)).toBe(false);
    log.show();
    await asked;
    expect([tail.lastOf(place), tail.last(3), tail.last(4)]).toEqual([seq, seq, 0]);
  });

  test('does not believe a server that knows nothing of its successor: it has to show what that has taken', async () => {
    tail.start();
    const first = tail.catchUp();
    await new Promise(setImmediate);
    log.show();
    await first;
    log.write('3.5');
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    // What it knows goes on coming by, which is nothing new.
    const asked = tail.catchUp();
    const refused = expect(asked).rejects.toThrow(/does not come out/);
    await jest.advanceTimersByTimeAsync(3_000);
    await refused;
  });

  test('keeps nobody waiting for what has not come by when it ends', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    tail.start();
    const refused = expect(tail.catchUp()).rejects.toThrow(/does not come out/);
    await new Promise(setImmediate);
    await Promise.all([tail.stop(), refused]);
  });

  test('waits for nothing that the log has dropped', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    tail.start();
    log.write('3.5');
    const kept = log.write('3.6');
    const asked = tail.catchUp();
    await new Promise(setImmediate);
    log.show();
    await asked;
    log.first = kept;
    await jest.advanceTimersByTimeAsync(5_000);
    expect([tail.lastOf(place), tail.lastOf({ partition: 3, mark: 6 }), tail.last(3)]).toEqual([
      0,
      kept,
      kept,
    ]);
    log.first = kept + 1;
    await jest.advanceTimersByTimeAsync(5_000);
    expect([tail.lastOf({ partition: 3, mark: 6 }), tail.last(3)]).toEqual([0, 0]);
  });

  test('says how long texts have stood in it of which none is decided, also while the database is away', async () => {
    const standing = async () =>
      (await register.getSingleMetric('textloom_log_standing_seconds')?.get())?.values[0]?.value;
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    tail.start();
    await jest.advanceTimersByTimeAsync(5_000);
    log.write('3.5');
    const last = log.write('3.5');
    log.show();
    decided = null;
    await jest.advanceTimersByTimeAsync(65_000);
    expect(await standing()).toBe(60);
    decided = last - 1;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await standing()).toBe(0);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await standing()).toBe(5);
    decided = last;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await standing()).toBe(0);
  });

  test('forgets a log that is no more', async () => {
    tail.start();
    for (let n = 0; n < 9; n++) log.write('3.5');
    const first = tail.catchUp();
    await new Promise(setImmediate);
    log.show();
    await first;
    expect(tail.lastOf(place)).toBe(9);
    log.begin();
    log.write('3.6');
    const asked = tail.catchUp();
    await new Promise(setImmediate);
    log.show();
    await asked;
    expect([tail.lastOf(place), tail.lastOf({ partition: 3, mark: 6 })]).toEqual([0, 1]);
  });
});

testOnNats('whoever stops reading the log while they begin has stopped', async () => {
  const nats = await startNats(program ?? '');
  const stream = await LogStream.open({ url: nats.url, durability: 'unsafe', installation: 'ours' });
  const positions = { read: async () => [{ partition: 3, seq: 0, decidedUntil: 0 }] };
  const beginning = new LogTail(stream, positions as unknown as PositionsRepository, createLog('silent'));
  beginning.start();
  await beginning.stop();
  const reader = new PartitionReader(3, 0, () => undefined);
  const reading = reader.run(stream);
  await reader.close();
  await reading;
  await stream.close();
  await nats.close();
});
