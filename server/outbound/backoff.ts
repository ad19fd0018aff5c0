import type { Trouble } from '../gateways/gateway.ts';

/** What is known of a far end that had this trouble: how long it is left alone first, at most, and when a text is given up. */
const POLICIES: Readonly<Record<Trouble, { firstMs: number; longestMs: number; attempts: number }>> = {
  // Asking for patience is no refusal: the text goes on waiting until it is too old.
  throttled: { firstMs: 2_000, longestMs: 5 * 60_000, attempts: Number.POSITIVE_INFINITY },
  unavailable: { firstMs: 2_000, longestMs: 10 * 60_000, attempts: 8 },
  // Nobody took it, so trying again cannot double it.
  unreachable: { firstMs: 2_000, longestMs: 10 * 60_000, attempts: 20 },
  silent: { firstMs: 2_000, longestMs: 10 * 60_000, attempts: 8 },
  // The gateway is left alone for it, and any text that waits may try. Attempts are those while it took others.
  refused: { firstMs: 2_000, longestMs: 10 * 60_000, attempts: 6 },
};

/** What wears a text out, so that attempts with one trouble do not count in full for another. */
const WORN_OUT = 40;

/** How much a failed attempt with this trouble wears a text: as many as it is given up after come to all it bears. */
export const wearOf = (trouble: Trouble): number => WORN_OUT / POLICIES[trouble].attempts;

/** After so many attempts with this trouble a text is given up: a dead letter, visible and replayable. */
export const mostAttempts = (trouble: Trouble): number => POLICIES[trouble].attempts;

/** How long to wait after the n-th failed attempt, in milliseconds: doubling, with jitter so that retries do not come in waves. */
export function backoff(trouble: Trouble, attempt: number, chance: number, afterMs = 0): number {
  const { firstMs, longestMs } = POLICIES[trouble];
  const full = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.round(Math.max(full * (0.5 + chance / 2), afterMs * (1 + chance / 10)));
}
