import { Clock } from '#server/common/clock.ts';

/** A node's clock, so many milliseconds ahead of another. */
export class ClockAhead extends Clock {
  constructor(
    private readonly clock: Clock,
    private readonly milliseconds: number,
  ) {
    super();
  }

  now(): number {
    return this.clock.now() + this.milliseconds;
  }
}
