import type { PoolClient } from 'pg';
import { dueLanes, type Lane } from './lanes.ts';
import { lag } from './metrics.ts';
import { followSenders, PIECE } from './moved-senders.ts';

/** While one round follows another, lanes are looked up anew after so many milliseconds only: that costs as much as to claim twenty texts. */
const SAME_LANES_MS = 25;
/**
 * A look that took longer, in milliseconds, had many dead rows to step over, which PostgreSQL keeps while somebody reads a large table at
 * length: it is not repeated for some times as long, and half a second at most.
 */
const LONG_LOOK_MS = 50;
const REST_TIMES = 9;
const LONGEST_REST_MS = 500;
/** How often is looked for senders that have moved to another gateway, in milliseconds. */
const FOLLOW_EVERY_MS = 1_000;

/** The lanes in which something is due, looked up as often as it is worth. */
export class LaneLook {
  private last: { lanes: readonly Lane[]; at: number } | null = null;
  /** No look before that. */
  private looksFrom = 0;
  /** Nor for senders that have moved. */
  private followsFrom = 0;

  /** `onSeen` hears of all that a look found, `comeBack` in how many milliseconds another is allowed that was not. */
  constructor(
    private readonly onSeen: (lanes: readonly Lane[]) => void,
    private readonly comeBack: (milliseconds: number) => void,
  ) {}

  /** Those of just now where the last round left some of it. */
  async lanes(client: PoolClient, now: number): Promise<readonly Lane[]> {
    const began = performance.now();
    if (this.last && began - this.last.at <= SAME_LANES_MS) return this.last.lanes;
    if (began < this.looksFrom) {
      this.comeBack(this.looksFrom - began);
      return this.last?.lanes ?? [];
    }
    if (began >= this.followsFrom) await this.follow(client, now);
    const followed = performance.now();
    const lanes = await dueLanes(client, now);
    const at = performance.now();
    const took = at - followed;
    this.looksFrom = took > LONG_LOOK_MS ? at + Math.min(REST_TIMES * took, LONGEST_REST_MS) : 0;
    this.last = { lanes, at };
    tellLag(lanes, now);
    this.onSeen(lanes);
    return lanes;
  }

  /** Nothing is left of what was seen: the next round looks anew. `surely`: whatever that costs. */
  forget({ surely = false } = {}): void {
    this.last = null;
    if (!surely) return;
    this.looksFrom = 0;
    this.followsFrom = 0;
  }

  /** What waits of senders that have moved goes with them, piece by piece, so that nothing else waits for all of it. */
  private async follow(client: PoolClient, now: number): Promise<void> {
    const texts = await followSenders(client, now);
    if (texts === PIECE) this.comeBack(0);
    else this.followsFrom = performance.now() + FOLLOW_EVERY_MS;
  }
}

/** Tells how long the oldest has been due. What sells to people who do not wait for it may take its time. */
function tellLag(lanes: readonly Lane[], now: number): void {
  const due = lanes.map(({ rank, dueAt }) => (rank < 2 ? dueAt : now));
  lag.set((now - Math.min(now, ...due)) / 1_000);
}
