import { createHash } from 'node:crypto';

const ROUNDS = 12;
const REPEATS = 400;

/**
 * Processor microseconds of a piece of work that never changes: what this machine's microseconds are worth beside another's, or its
 * own on another day. The best of some rounds.
 */
export function calibrate(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    work(round);
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, user + system);
  }
  return best;
}

/** Between the slowest and the fastest calibration of a run; more, and it was not one machine all the time. */
const STEADY = 1.1;

/** Whether the machine's own speed changed between calibrations by more than a run is trusted to tell, as where others share its processors. */
export const isUneven = (calibrations: readonly number[]): boolean =>
  Math.max(...calibrations) > STEADY * Math.min(...calibrations);

/** Objects, strings, JSON, maps and a hash, as in the server. */
function work(salt: number): number {
  const seen = new Map<string, number>();
  for (let n = 0; n < REPEATS; n++) {
    const text = JSON.stringify({
      from: `+1202555${n}`,
      to: '12345',
      text: 'JOIN us',
      id: `c-${salt}-${n}`,
      tags: [n, n + 1],
    });
    const parsed: { from: string; tags: number[] } = JSON.parse(text);
    for (const word of text.toUpperCase().split(/[^A-Z]+/))
      seen.set(word, (seen.get(word) ?? 0) + parsed.tags.length);
    seen.set(createHash('sha256').update(text).digest('hex'), n);
  }
  return seen.size;
}
