import { MAILS_AT_ONCE } from '../common/outside/mailer.ts';

/** Calls under way at once. Far ends are slow, so these are many more than processors. */
const AT_ONCE = 200;
/** Of these at far ends that are not known to answer quickly: those who hang, however many they are, leave the rest to the others. */
const UNPROVEN_AT_ONCE = 100;
/** Of these at one far end: as many as get a connection there, since what waits for one would only lose its time. */
export const AT_ONE_END = 20;
/** And no more than this share of what is free, so that the next always finds some. */
const SHARE = 1 / 4;
/** An answer that took no longer is a quick one, in milliseconds. */
const QUICK_MS = 2_000;
/** For so long it says something about the next, in milliseconds. */
const KNOWN_MS = 10 * 60_000;
/** Far ends that are remembered. */
const MOST = 1_000;

/** The far ends of what goes out by e-mail; one that is slow waits for no answer of a stranger's. */
const MAILS: readonly string[] = ['email', 'notice'];

interface FarEnd {
  underWay: number;
  /** When it was asked what it has not answered yet, by the ids of the calls, the oldest first. */
  asked: Map<string, number>;
  /** When it answered quickly, unless it has been slow since. */
  quickAt: number;
}

/** How many more calls are wanted of one far end. `quick`: whether it is known to answer quickly. */
export interface EndRoom {
  end: string;
  underWay: number;
  calls: number;
  quick: boolean;
}

/** How many more calls are wanted: in all, at far ends that are not known to be quick, at one that was never met, and at those that were. */
export interface Room {
  inAll: number;
  unproven: number;
  unmet: number;
  ends: readonly EndRoom[];
}

/**
 * How the calls that may be under way are shared out: a far end gets at most so many and a part of what is free, and those which have
 * not answered quickly of late share half of the room. So whoever hangs, one host or hundreds, keeps nobody else from being asked.
 */
export class FarEnds {
  private readonly ends = new Map<string, FarEnd>();
  private all = 0;

  began(end: string): void {
    this.endAt(end).underWay++;
    this.all++;
  }

  asked(end: string, callId: string, now: number): void {
    this.endAt(end).asked.set(callId, now);
  }

  answered(end: string, callId: string, now: number): void {
    const known = this.endAt(end);
    const askedAt = known.asked.get(callId) ?? Number.NEGATIVE_INFINITY;
    known.asked.delete(callId);
    known.quickAt = now - askedAt <= QUICK_MS ? now : Number.NEGATIVE_INFINITY;
  }

  ended(end: string): void {
    this.endAt(end).underWay--;
    this.all--;
    this.forget();
  }

  room(now: number): Room {
    let unproven = UNPROVEN_AT_ONCE;
    const quick = new Set(MAILS);
    for (const [end, known] of this.ends) {
      if (MAILS.includes(end)) continue;
      if (isQuick(known, now)) quick.add(end);
      else unproven -= known.underWay;
    }
    unproven = Math.max(0, unproven);
    const inAll = Math.max(0, AT_ONCE - this.all);
    const ends = [...new Set([...MAILS, ...this.ends.keys()])].map((end) => {
      const most = MAILS.includes(end) ? MAILS_AT_ONCE : shareOf(quick.has(end) ? inAll : unproven);
      const underWay = this.ends.get(end)?.underWay ?? 0;
      return { end, underWay, calls: Math.max(0, most - underWay), quick: quick.has(end) };
    });
    return { inAll, unproven, unmet: shareOf(unproven), ends };
  }

  private endAt(end: string): FarEnd {
    let known = this.ends.get(end);
    if (!known) {
      known = { underWay: 0, asked: new Map(), quickAt: Number.NEGATIVE_INFINITY };
      this.ends.set(end, known);
    }
    return known;
  }

  /** Forgets one of whom nothing is awaited when too many are known. */
  private forget(): void {
    if (this.ends.size <= MOST) return;
    for (const [end, { underWay }] of this.ends) {
      if (underWay > 0) continue;
      this.ends.delete(end);
      return;
    }
  }
}

const shareOf = (free: number): number => Math.min(AT_ONE_END, Math.max(1, Math.floor(free * SHARE)));

/** One that keeps somebody waiting just now is not, whatever it did before. */
function isQuick({ asked, quickAt }: FarEnd, now: number): boolean {
  const [oldest = now] = asked.values();
  return now - quickAt <= KNOWN_MS && now - oldest <= QUICK_MS;
}
