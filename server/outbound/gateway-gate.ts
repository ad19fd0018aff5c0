import type { SendResult } from '../gateways/gateway.ts';

/** After so many failures in a row a gateway is left alone for a while. */
export const FAILURES_IN_A_ROW = 10;

const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 5 * 60_000;

/** Less than this share of what a gateway bears at once is not claimed alone: the rest goes on meanwhile. */
const WORTH_A_CLAIM = 1 / 4;

/** A gateway's rest as every node reads it: nothing until then, after it one text tries. */
export interface Rest {
  until: number;
  /** How many rests in a row, this one included. */
  rests: number;
  reason: string;
}

/**
 * What stands between the queue and one gateway: at most so many texts on their way at once, and a breaker. Closed, everything
 * goes; after failures in a row it opens and rests; half open, one text tries, and its fate decides. Rests are written to the
 * database, so that they hold on every node; only the counts live here.
 */
export class GatewayGate {
  private underWay = 0;
  private failures = 0;
  private rest: Rest | null = null;

  /** What the database says, for rests that other nodes began or ended. Our own last rest may not be written yet. */
  told(until: number | null, rests: number, now: number): void {
    if (this.rest && this.rest.until > now && this.rest.until >= (until ?? 0)) return;
    this.rest = until === null ? null : { until, rests, reason: '' };
  }

  get inFlight(): number {
    return this.underWay;
  }

  /** How many texts may begin now. Small change is saved up, so that claims stay worth their while. */
  room(mostAtOnce: number, now: number): number {
    if (this.rest) return now >= this.rest.until && this.underWay === 0 ? 1 : 0;
    const free = mostAtOnce - this.underWay;
    return free < worthAClaim(mostAtOnce) ? 0 : free;
  }

  /** Whether the text that ended just now has made the room for another claim. */
  hasRoomAgain(mostAtOnce: number): boolean {
    return this.underWay === mostAtOnce - worthAClaim(mostAtOnce);
  }

  began(texts: number): void {
    this.underWay += texts;
  }

  /** Takes in how a text fared. `rest`: it rests from now on; `recovered`: the trouble is over; `same` otherwise. */
  ended(result: SendResult, now: number, chance: number): { rest: Rest } | 'recovered' | 'same' {
    this.underWay--;
    if (result.outcome !== 'retry') {
      this.failures = 0;
      if (!this.rest) return 'same';
      this.rest = null;
      return 'recovered';
    }
    this.failures++;
    const resting = this.rest !== null && now < this.rest.until;
    const asked = result.trouble === 'throttled' && result.afterMs !== undefined;
    if (resting || !(asked || this.rest || this.failures >= FAILURES_IN_A_ROW)) return 'same';
    const rests = (this.rest?.rests ?? 0) + 1;
    const restMs = asked ? (result.afterMs ?? 0) : restFor(rests, chance);
    this.rest = { until: now + restMs, rests, reason: result.reason };
    return { rest: this.rest };
  }
}

const worthAClaim = (mostAtOnce: number): number => Math.ceil(mostAtOnce * WORTH_A_CLAIM);

/** The n-th rest in a row, in milliseconds: doubling, with jitter so that nodes do not try in step. */
const restFor = (rests: number, chance: number): number =>
  Math.round(Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (rests - 1)) * (0.75 + chance / 2));
