/** A database that says nothing for so long was away, or this node stood still; in milliseconds. It is asked every second. */
const AWAY_MS = 10_000;
/** So long after it came back, in milliseconds, every node has written down what went out meanwhile. */
const GRACE_MS = 3_000;

/**
 * While the database is away leases end that nobody could give back: what they are on has gone out, and its node writes that down as soon
 * as it can. Until then such a lease is not over, or whoever claims first would send it again.
 */
export class Absence {
  private last: { at: number; now: number } | null = null;
  private grace: { until: number; overBy: number } | null = null;

  /** `clock`: milliseconds of a clock that nobody sets. */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** The database has answered. */
  heard(now: number): void {
    this.last = { at: this.clock(), now };
  }

  /** By when a lease must have ended to be over. */
  leasesOverBy(now: number): number {
    const at = this.clock();
    if (this.last && at - this.last.at > AWAY_MS)
      this.grace = { until: at + GRACE_MS, overBy: this.last.now };
    return this.grace && at < this.grace.until ? Math.min(now, this.grace.overBy) : now;
  }
}
