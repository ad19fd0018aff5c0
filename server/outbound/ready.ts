import type { Leased } from './claim.ts';
import type { Lane } from './lanes.ts';

/** A gateway that makes room so often, in milliseconds, has texts claimed ahead of its room: then it need not wait for the database. */
const QUICK_MS = 100;
/** So many of them, as a share of what the gateway bears at once. */
const AHEAD = 3 / 4;
/** What has found no room for so long, in milliseconds, goes back into the queue, where every node finds it. */
const LONGEST_WAIT_MS = 1_000;

/** The texts of one gateway; times are milliseconds of a clock that nobody sets. */
interface Line {
  leased: Leased[];
  /** When the first of them was claimed. */
  since: number;
  takenAt: number;
  /** How long it was from one time that some were taken to the next. */
  everyMs: number;
}

/** Texts that are claimed and wait for room at their gateway. Only what may still go then is read, and goes. */
export class Ready {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  get isEmpty(): boolean {
    return !this.some(() => true);
  }

  /** Whether the gateways of any that wait are such. */
  some(isSo: (lane: Lane) => boolean): boolean {
    for (const { leased } of this.lines.values()) if (leased[0] && isSo(leased[0].lane)) return true;
    return false;
  }

  add(claimed: readonly Leased[]): void {
    const now = this.clock();
    for (const one of claimed) {
      const line = this.lineOf(one.lane);
      if (line.leased.length === 0) line.since = now;
      line.leased.push(one);
    }
  }

  /** How many wait for a lane's gateway. */
  waiting(lane: Lane): number {
    return this.lineOf(lane).leased.length;
  }

  /** How many may be claimed ahead for a lane's gateway, which bears `mostAtOnce`. */
  ahead(lane: Lane, mostAtOnce: number): number {
    const { everyMs, takenAt } = this.lineOf(lane);
    const isQuick = everyMs <= QUICK_MS && this.clock() - takenAt <= QUICK_MS;
    return isQuick ? Math.floor(mostAtOnce * AHEAD) : 0;
  }

  /** Takes those there is room for, answers that somebody waits for first. */
  take(roomOf: (lane: Lane) => number): Leased[] {
    const now = this.clock();
    const taken: Leased[] = [];
    for (const line of this.lines.values()) {
      const [first] = line.leased;
      const room = first ? roomOf(first.lane) : 0;
      if (room === 0) continue;
      line.leased.sort((a, b) => a.lane.rank - b.lane.rank);
      for (const one of line.leased.splice(0, room)) taken.push(one);
      line.since = now;
      line.everyMs = now - line.takenAt;
      line.takenAt = now;
    }
    return taken;
  }

  /** Takes out those that have waited for too long, or all. */
  takeBack(all = false): Leased[] {
    const late = this.clock() - LONGEST_WAIT_MS;
    return [...this.lines.values()].flatMap((line) =>
      all || line.since < late ? line.leased.splice(0) : [],
    );
  }

  private lineOf({ gatewayId }: Lane): Line {
    let line = this.lines.get(gatewayId);
    if (!line) {
      line = { leased: [], since: 0, takenAt: Number.NEGATIVE_INFINITY, everyMs: Number.POSITIVE_INFINITY };
      this.lines.set(gatewayId, line);
    }
    return line;
  }
}
