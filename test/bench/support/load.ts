import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { answerOf } from './wire.ts';

/** One request as it goes over the wire, and the replies that its answer must bring, as JSON. */
export interface Ask {
  request: string;
  replies: string;
}

export interface LoadOptions {
  host: string;
  port: number;
  connections: number;
  /** Not measured, in seconds. */
  warmUp: number;
  /** Measured, in seconds. */
  seconds: number;
  /** What a connection asks next; null when it finished what it had begun and `ending` says that time is up. */
  next: (connection: number, ending: boolean) => Ask | null;
  /** Called when the measured time is to begin, and when it ends; it begins when that is through, while everybody goes on. */
  onMeasure: (moment: 'begin' | 'end') => Promise<void>;
}

export interface LoadResult {
  /** Right answers within the measured time. */
  answered: number;
  /** Those of all texts, measured or not, that were acknowledged and not decided yet. */
  pending: number;
  /** The measured time, in seconds. */
  seconds: number;
  /** Milliseconds from writing to answer, sorted. */
  latencies: Float64Array;
}

/**
 * Puts keep-alive connections with one request in flight each on a server. Raw sockets, requests by hand and a reader that
 * knows only what our server says: the generator shares the cores with what it measures. Rejects at the first wrong or refused one.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  let measuring = false;
  let ending = false;
  let pending = 0;
  const talkers = Array.from({ length: options.connections }, (_, index) =>
    talk(
      options,
      () => options.next(index, ending),
      (milliseconds, isPending) => {
        if (measuring) latencies.push(milliseconds);
        if (isPending) pending++;
      },
    ),
  );
  const finished = Promise.all(talkers);
  await Promise.race([finished, sleep(options.warmUp)]);
  await options.onMeasure('begin');
  measuring = true;
  const began = performance.now();
  await Promise.race([finished, sleep(options.seconds)]);
  measuring = false;
  const seconds = (performance.now() - began) / 1_000;
  const read = options.onMeasure('end');
  ending = true;
  await Promise.all([finished, read]);
  return { answered: latencies.length, pending, seconds, latencies: Float64Array.from(latencies).sort() };
}

/** The value below which that share (0 to 1) of sorted values lies. */
export function quantile(sorted: Float64Array | Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** Asks and hears on one connection until there is nothing more to ask. */
function talk(
  { host, port }: LoadOptions,
  next: () => Ask | null,
  heard: (milliseconds: number, isPending: boolean) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host, port, noDelay: true });
    let ask: Ask | null = null;
    let asked = 0;
    let received = '';
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const askNext = (): void => {
      ask = next();
      if (!ask) {
        resolve();
        socket.destroy();
        return;
      }
      asked = performance.now();
      socket.write(ask.request, 'latin1');
    };
    socket.setEncoding('latin1');
    socket.once('connect', askNext);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('The server closed a connection.')));
    socket.on('data', (chunk: string) => {
      received = received === '' ? chunk : received + chunk;
      const answer = ask ? answerOf(received, [ask.replies]) : 'wrong';
      if (answer === null) return;
      if (answer === 'wrong' || answer === 'refused') return fail(new Error(`A wrong answer: ${received}`));
      received = '';
      heard(performance.now() - asked, answer === 'pending');
      askNext();
    });
  });
}
