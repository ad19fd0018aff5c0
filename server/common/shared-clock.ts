import { uptime } from 'node:os';
import { Gauge, register } from 'prom-client';
import { Clock } from './clock.ts';

/** Clocks that differ by less than so many milliseconds are left as they are; more is a clock that nobody keeps, or has just set. */
const TOLERANCE_MS = 500;
/** Nobody can tell which of two clocks is wrong that differ by more, in milliseconds. */
const MOST_MS = 86_400_000;

const ahead = new Gauge({
  name: 'textloom_clock_ahead_seconds',
  help: "How far this node's own clock is ahead of the database's, in seconds; the node goes by the database's.",
  registers: [register],
});

/** What a node's machine knows of time; in milliseconds, and for tests to replace. */
export interface Clockwork {
  /** Since 1970: somebody may set it. */
  wall(): number;
  /** Nobody sets it. It may stand still while the machine sleeps. */
  steady(): number;
  /** Neither set nor standing still, and dear to ask. */
  sleepless(): number;
}

const MACHINE: Clockwork = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  sleepless: () => uptime() * 1_000,
};

/**
 * The one clock of all nodes on a database: each goes by its machine's own, put right where that differs from the database's. Times that one
 * node writes, such as by when it will have sent a text, mean the same to the others. A clock that is set in between is not believed before
 * the database was asked again.
 */
export class SharedClock extends Clock {
  private correction = 0;
  /** How the clocks of the machine stood to each other when the database was asked last, and what time it was. */
  private last: { apart: number; at: number; sleepless: number };

  constructor(private readonly machine: Clockwork = MACHINE) {
    super();
    this.last = this.look();
  }

  now(): number {
    const wall = this.machine.wall();
    const { apart, at, sleepless } = this.last;
    if (Math.abs(wall - this.machine.steady() - apart) < TOLERANCE_MS) return wall + this.correction;
    return Math.round(at + this.machine.sleepless() - sleepless);
  }

  /** Asks what time it is elsewhere; returns how far this machine's own clock is ahead of that, or null where the answer took too long to tell. */
  async compare(ask: () => Promise<number>): Promise<number | null> {
    const asked = this.machine.steady();
    const there = await ask();
    const took = this.machine.steady() - asked;
    if (took > TOLERANCE_MS) return null;
    const before = this.machine.wall() - there - took / 2;
    if (Math.abs(before + this.correction) > TOLERANCE_MS)
      this.correction =
        Math.abs(before) > TOLERANCE_MS && Math.abs(before) < MOST_MS ? -Math.round(before) : 0;
    this.last = this.look();
    ahead.set(before / 1_000);
    return before;
  }

  private look(): { apart: number; at: number; sleepless: number } {
    const wall = this.machine.wall();
    return {
      apart: wall - this.machine.steady(),
      at: wall + this.correction,
      sleepless: this.machine.sleepless(),
    };
  }
}
