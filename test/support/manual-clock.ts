import { Clock } from '#server/common/clock.ts';

/** A clock that stands still until the test moves it. */
export class ManualClock extends Clock {
  private time: number;

  /** `start`: ms since 1970, or a date such as `2026-03-01T12:00:00Z`. */
  constructor(start: number | string = '2026-03-01T12:00:00Z') {
    super();
    this.time = typeof start === 'number' ? start : Date.parse(start);
  }

  now(): number {
    return this.time;
  }

  /** Moves on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  set(time: number | string): void {
    this.time = typeof time === 'number' ? time : Date.parse(time);
  }
}
