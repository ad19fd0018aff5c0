import type { Column, Row } from '../bench.ts';

/** The column of figures that `time` makes. */
export const COLUMNS: readonly Column[] = [{ key: 'each', title: 'CPU µs', digits: 1, cost: true }];
/** How long each figure is measured, in milliseconds, and how often; the best counts. */
const ROUND_MS = 150;
export const ROUNDS = 5;

/** CPU microseconds of a call: the best of some rounds, which is the one others disturbed least. */
export function time(name: string, call: () => unknown): Row {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    const until = performance.now() + ROUND_MS;
    let calls = 0;
    do {
      for (let n = calls === 0 ? 1 : Math.min(calls, 64); n > 0; n--, calls++) call();
    } while (performance.now() < until);
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / calls);
  }
  return { name, figures: { each: best } };
}
