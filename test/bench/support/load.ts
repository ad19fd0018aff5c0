import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** One request as it goes over the wire, and what its answer's body must hold. */
export interface Ask {
  request: string;
  expected: readonly string[];
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
  /** Called when the measured time begins and ends. */
  onMeasure: (moment: 'begin' | 'end') => void;
}

export interface LoadResult {
  /** Right answers within the measured time. */
  answered: number;
  /** The measured time, in seconds. */
  seconds: number;
  /** Milliseconds from writing to answer, sorted. */
  latencies: Float64Array;
}

/**
 * Puts keep-alive connections with one request in flight each on a server. Raw sockets, requests by hand and a reader that
 * knows only what our server says: the generator shares the cores with what it measures. Rejects at the first wrong answer.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  let measuring = false;
  let ending = false;
  const talkers = Array.from({ length: options.connections }, (_, index) =>
    talk(
      options,
      () => options.next(index, ending),
      (milliseconds) => {
        if (measuring) latencies.push(milliseconds);
      },
    ),
  );
  const finished = Promise.all(talkers);
  await Promise.race([finished, sleep(options.warmUp)]);
  options.onMeasure('begin');
  measuring = true;
  const began = performance.now();
  await Promise.race([finished, sleep(options.seconds)]);
  measuring = false;
  const seconds = (performance.now() - began) / 1_000;
  options.onMeasure('end');
  ending = true;
  await finished;
  return { answered: latencies.length, seconds, latencies: Float64Array.from(latencies).sort() };
}

/** The value below which that share (0 to 1) of sorted values lies. */
export function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** Asks and hears on one connection until there is nothing more to ask. */
function talk(
  { host, port }: LoadOptions,
  next: () => Ask | null,
  heard: (milliseconds: number) => void,
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
      const body = bodyOf(received);
      if (body === null) return;
      if (!ask || !isRight(received, body, ask)) return fail(new Error(`A wrong answer: ${received}`));
      received = '';
      heard(performance.now() - asked);
      askNext();
    });
  });
}

const LENGTH = /\r\ncontent-length: (\d+)/i;

/** The body once all of it is there. */
function bodyOf(received: string): string | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const length = Number(LENGTH.exec(received)?.[1] ?? 0);
  const body = received.slice(end + 4);
  return body.length >= length ? body : null;
}

function isRight(received: string, body: string, { expected }: Ask): boolean {
  return received.startsWith('HTTP/1.1 200 ') && expected.every((part) => body.includes(part));
}
