const SECONDS = 60;

/** Texts in and out of the last 60 seconds. Counting costs two additions. */
export class MinuteCount {
  private readonly inbound = new Uint32Array(SECONDS);
  private readonly outbound = new Uint32Array(SECONDS);
  private newest = 0;

  /** `now`: ms since 1970. */
  add(now: number, inbound: number, outbound: number): void {
    const slot = this.turnTo(now);
    this.inbound[slot] = (this.inbound[slot] ?? 0) + inbound;
    this.outbound[slot] = (this.outbound[slot] ?? 0) + outbound;
  }

  total(now: number): { inbound: number; outbound: number } {
    this.turnTo(now);
    return { inbound: sum(this.inbound), outbound: sum(this.outbound) };
  }

  /** Empties the seconds that went by since the last call. A clock that steps back counts into the newest second. */
  private turnTo(now: number): number {
    const second = Math.max(this.newest, Math.floor(now / 1_000));
    for (let passed = Math.min(second - this.newest, SECONDS); passed > 0; passed--) {
      const slot = (second - passed + 1) % SECONDS;
      this.inbound[slot] = 0;
      this.outbound[slot] = 0;
    }
    this.newest = second;
    return second % SECONDS;
  }
}

const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);
