import { cpus } from 'node:os';
import { percent } from './words.ts';

/** How long all processors together have been busy since the machine began, and when that was read, in milliseconds. */
export interface Processors {
  busy: number;
  at: number;
}

/** Reads what all processors have done so far. */
export function readProcessors(): Processors {
  const times = cpus().map((one) => one.times);
  return {
    busy: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0),
    at: performance.now(),
  };
}

/** The share of the time between two readings in which the processors had something to do, 0 to 1. */
export const busyBetween = (from: Processors, to: Processors): number =>
  (to.busy - from.busy) / millisecondsBetween(from, to);

const millisecondsBetween = (from: Processors, to: Processors): number => (to.at - from.at) * cpus().length;

/** Where the processors' time went, as shares of all of it, in a sentence. What the processes used in CPU seconds. */
export function whereItWent(
  from: Processors,
  to: Processors,
  used: Readonly<Record<string, number | null>>,
): string {
  const all = millisecondsBetween(from, to) / 1_000;
  const busy = busyBetween(from, to);
  const named = Object.entries(used).map(([name, seconds]) => ({ name, share: (seconds ?? 0) / all }));
  const others = Math.max(0, busy - named.reduce((sum, { share }) => sum + share, 0));
  const shares = [...named, { name: 'others', share: others }, { name: 'idle', share: 1 - busy }];
  return `Of the time of ${cpus().length} processors: ${shares.map(({ name, share }) => `${name} ${percent(share, 1)}`).join(', ')}.`;
}
