import { once } from 'node:events';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask } from './load.ts';
import { answerOf } from './wire.ts';

export interface Place {
  host: string;
  port: number;
}

/**
 * Asks one thing after the other on one connection, so many a second at most. Resolves to the milliseconds from writing to answer,
 * sorted; a timer that wakes this process late counts for nothing. Throws at the first wrong answer.
 */
export async function askOneByOne(
  { host, port }: Place,
  asks: Iterable<Ask>,
  perSecond: number,
): Promise<Float64Array> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  socket.setEncoding('latin1');
  const spent: number[] = [];
  for (const { request, replies } of asks) {
    await sleep(1_000 / perSecond);
    const began = performance.now();
    socket.write(request, 'latin1');
    let received = '';
    while (answerOf(received, [replies]) === null) received += String((await once(socket, 'data'))[0]);
    spent.push(performance.now() - began);
    if (answerOf(received, [replies]) !== 'decided') throw new Error(`A wrong answer: ${received}`);
  }
  socket.destroy();
  return Float64Array.from(spent).sort();
}
