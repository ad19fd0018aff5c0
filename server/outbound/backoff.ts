/** After this many attempts a text is given up: a dead letter, visible and replayable. */
export const MOST_ATTEMPTS = 8;

const FIRST_MS = 2_000;
const LONGEST_MS = 10 * 60_000;

/** How long to wait after the n-th failed attempt, in milliseconds: doubling, with jitter so that retries do not come in waves. */
export function backoff(attempt: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + chance / 2));
}
