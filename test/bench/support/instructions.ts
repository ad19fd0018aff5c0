import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** Counting that is under way. */
export interface Counting {
  /** Stops counting at this moment; resolves to the instructions since it began, null where they could not be counted. */
  end(): Promise<number | null>;
}

/** What perf counts: what our code and its libraries did, without the kernel's share, which differs from machine to machine. */
const EVENT = 'instructions:u';
/** Whether perf has failed here: it will again. */
let isAbsent = false;

/**
 * Counts the instructions of processes with all their threads, and of what they start from now on, with Linux's `perf`.
 * Unlike microseconds they stay the same within a percent or two whatever else the machine does. Resolves when the counters run; they
 * count nothing where there is no perf, or no right to use it.
 */
export async function countInstructions(pidsNow: () => readonly number[]): Promise<Counting> {
  // A process that is listed and gone a moment later makes perf give up: it is asked once more.
  const perf = isAbsent ? null : ((await startPerf(pidsNow())) ?? (await startPerf(pidsNow())));
  isAbsent = perf === null;
  if (!perf) return { end: async () => null };
  return {
    end: async () => {
      perf.control.write('disable\n');
      await Promise.race([once(perf.acknowledged, 'data'), perf.closed]);
      perf.child.kill('SIGINT');
      await perf.closed;
      return sumOf(perf.said());
    },
  };
}

interface Perf {
  child: ChildProcess;
  control: Writable;
  acknowledged: Readable;
  closed: Promise<unknown>;
  said: () => string;
}

async function startPerf(pids: readonly number[]): Promise<Perf | null> {
  const args = ['stat', '-x,', '-e', EVENT, '-D', '-1', '-p', pids.join(','), '--control', 'fd:3,4'];
  const child = spawn('perf', args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const closed = new Promise<false>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(false));
  });
  const [, , words, control, acknowledged] = child.stdio;
  if (!isReadable(words) || !isWritable(control) || !isReadable(acknowledged)) return null;
  let said = '';
  words.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  control.on('error', () => undefined);
  control.write('enable\n');
  const runs = await Promise.race([once(acknowledged, 'data'), closed]);
  return runs ? { child, control, acknowledged, closed, said: () => said } : null;
}

/** Lines of comma-separated fields, the count first; a processor with two kinds of cores has a line for each. */
export function sumOf(said: string): number | null {
  const counts = [...said.matchAll(/^(\d+),[^,]*,[^,]*instructions/gm)].map(([, count]) => Number(count));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

const isReadable = (stream: unknown): stream is Readable =>
  typeof stream === 'object' && stream !== null && 'setEncoding' in stream;
const isWritable = (stream: unknown): stream is Writable =>
  typeof stream === 'object' && stream !== null && 'write' in stream;
