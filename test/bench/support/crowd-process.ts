import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Line } from './people.ts';

/** Whom a crowd texts, and over how many connections. */
export interface CrowdPlace {
  host: string;
  port: number;
  door: string;
  sender: string;
  connections: number;
}

/** So many texts a second, each in its time, whatever becomes of those before. */
export interface Offer {
  rate: number;
  seconds: number;
  /** Of all texts of this crowd: they are numbered on, and each carries its number as `crowd-17`. */
  first: number;
  /** The numbers of those who text, one after the other and round again: each says the first line, then the next, the last ever after. */
  firstPerson: number;
  people: number;
  script: readonly Line[];
  /** Every so many seconds it tells how it goes; never, unless it says when. */
  tellEvery?: number;
}

/** How the texts fare whose answers came since it was told last. */
export interface Passing {
  /** Seconds since the offer began, and of this stretch. */
  at: number;
  seconds: number;
  decided: number;
  pending: number;
  refused: number;
  /** Of those that were decided at once, in milliseconds from when they were due; NaN where there are none. */
  p99: number;
  /** Texts that are due now and have no answer. */
  waiting: number;
}

/** What a crowd's process says of an offer. */
export type CrowdTold = { passing: Passing } | { offered: Offered };

/** What became of each text, by its place in the offer. */
export interface Offered {
  /** How many were said: fewer than offered where the server fell far behind. */
  said: number;
  /** Milliseconds from when it was due to its answer; NaN without an answer. */
  latencies: Float32Array;
  /** Places in `ANSWERS`. */
  answers: Uint8Array;
  /** Milliseconds since 1970. */
  beganAt: number;
}

/** The answers by their numbers; 0 is none. */
export const ANSWERS: readonly string[] = ['none', 'decided', 'pending', 'refused'];

/** People who text at an even rate, in a process of their own, so that what they cost is nobody else's. */
export interface CrowdProcess {
  readonly pid: number;
  offer: (offer: Offer, onPassing?: (passing: Passing) => void) => Promise<Offered>;
  close: () => void;
}

/** Starts a crowd and connects it. */
export async function startCrowd(place: CrowdPlace): Promise<CrowdProcess> {
  const child = fork(new URL('./crowd.ts', import.meta.url), [JSON.stringify(place)], {
    serialization: 'advanced',
  });
  const next = async (): Promise<CrowdTold> => {
    const broken = new AbortController();
    const exit = once(child, 'exit', { signal: broken.signal }).then(() =>
      Promise.reject(new Error('The crowd broke off.')),
    );
    const [told] = await Promise.race([once(child, 'message', { signal: broken.signal }), exit]).finally(
      () => {
        exit.catch(() => undefined);
        broken.abort();
      },
    );
    return told;
  };
  await next();
  return {
    pid: child.pid ?? 0,
    offer: async (offer, onPassing = () => undefined) => {
      child.send(offer);
      for (;;) {
        const told = await next();
        if ('offered' in told) return told.offered;
        onPassing(told.passing);
      }
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
