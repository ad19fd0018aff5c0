import type { PoolClient } from 'pg';
import { allLanes, type KnownLane, knownLanes, type Lane, type LanesSeen, type LeftBehind } from './lanes.ts';
import { lag } from './metrics.ts';
import { followSenders, PIECE } from './moved-senders.ts';

/** While one round follows another, lanes are looked up anew after so many milliseconds only: that costs as much as to claim twenty texts. */
const SAME_LANES_MS = 25;
/**
 * A look at all lanes that took longer, in milliseconds, had many dead rows to step over, which PostgreSQL keeps until they are swept, and
 * while somebody reads a large table at length: it is repeated after nine times as long only, and after three seconds at most. Meanwhile
 * known lanes are looked at.
 */
const LONG_LOOK_MS = 5;
const REST_TIMES = 9;
const LONGEST_REST_MS = 3_000;
/** How often what senders have left at other gateways goes after them, in milliseconds. */
const FOLLOW_EVERY_MS = 1_000;

/** The lanes in which something is due, looked up as often as it is worth. */
export class LaneLook {
  private last: { lanes: readonly Lane[]; at: number } | null = null;
  private known: readonly KnownLane[] = [];
  /** No look at all lanes before that. */
  private looksFrom = 0;
  /** Whether it was said already that such a look is to come. */
  private comesBack = false;
  /** Nothing goes after senders that have moved before that. */
  private followsFrom = 0;

  /**
   * `onSeen` hears of all that a look found, `comeBack` in how many milliseconds all lanes may be looked at again. `clock`: milliseconds
   * of a clock that nobody sets.
   */
  constructor(
    private readonly onSeen: (lanes: readonly Lane[]) => void,
    private readonly comeBack: (milliseconds: number) => void,
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** Those of just now where the last round left some of it. */
  async lanes(client: PoolClient, now: number): Promise<readonly Lane[]> {
    const began = this.clock();
    if (this.last && began - this.last.at <= SAME_LANES_MS) return this.last.lanes;
    const rests = began < this.looksFrom;
    const { due, known } = await (rests ? knownLanes(client, now, this.known) : this.all(client, now, began));
    if (rests) this.comeBackOnce(this.looksFrom - began);
    this.known = known;
    this.last = { lanes: due, at: this.clock() };
    tellLag(due, now);
    this.onSeen(due);
    return due;
  }

  /** Nothing is left of what was seen: the next round looks anew. `surely`: whatever that costs. */
  forget({ surely = false } = {}): void {
    this.last = null;
    if (!surely) return;
    this.looksFrom = 0;
    this.followsFrom = 0;
  }

  /** What stands in no known lane was not seen. */
  private comeBackOnce(milliseconds: number): void {
    if (this.comesBack) return;
    this.comesBack = true;
    this.comeBack(milliseconds);
  }

  private async all(client: PoolClient, now: number, began: number): Promise<LanesSeen> {
    let seen = await allLanes(client, now);
    const took = this.clock() - began;
    if (await this.hasFollowed(client, seen.left, now)) seen = await allLanes(client, now);
    const rest = took > LONG_LOOK_MS ? Math.min(REST_TIMES * took, LONGEST_REST_MS) : 0;
    this.looksFrom = this.clock() + rest;
    this.comesBack = false;
    return rest === 0 ? seen : { ...seen, known: withEmptied(seen.known, this.known) };
  }

  /**
   * Whether anything went after its sender that has moved; what was claimed stays a while. Much goes piece by piece, so that nothing else
   * waits for all of it.
   */
  private async hasFollowed(client: PoolClient, left: readonly LeftBehind[], now: number): Promise<boolean> {
    if (left.length === 0 || this.clock() < this.followsFrom) return false;
    const texts = await followSenders(client, left, now);
    if (texts === PIECE) this.comeBack(0);
    else this.followsFrom = this.clock() + FOLLOW_EVERY_MS;
    return texts > 0;
  }
}

/** Lanes, and those of before in which nothing stands just now. */
function withEmptied(lanes: readonly KnownLane[], before: readonly KnownLane[]): KnownLane[] {
  const keyOf = ({ gatewayId, senderId, rank }: KnownLane): string => `${gatewayId} ${senderId} ${rank}`;
  const keys = new Set(lanes.map(keyOf));
  return [...lanes, ...before.filter((lane) => !keys.has(keyOf(lane)))];
}

/** Tells how long the oldest has been due. What sells to people who do not wait for it may take its time. */
function tellLag(lanes: readonly Lane[], now: number): void {
  const due = lanes.map(({ rank, dueAt }) => (rank < 2 ? dueAt : now));
  lag.set((now - Math.min(now, ...due)) / 1_000);
}
