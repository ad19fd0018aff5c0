import { cpus } from 'node:os';

/** What the processors have done since the machine began, in milliseconds. */
export interface Processors {
  idle: number;
  all: number;
}

/** Reads what all processors have done so far. */
export function readProcessors(): Processors {
  const times = cpus().map((one) => one.times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { idle, all };
}

/** The share of the time between two readings in which the processors had something to do, 0 to 1. */
export const busyBetween = (from: Processors, to: Processors): number =>
  to.all === from.all ? 0 : 1 - (to.idle - from.idle) / (to.all - from.all);
