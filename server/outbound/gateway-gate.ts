import { forgetOldest } from '../common/forget-oldest.ts';
import type { SendResult, Trouble } from '../gateways/gateway.ts';
import type { Lane } from './lanes.ts';

/** After so many failures in a row a gateway is left alone for a while. */
export const FAILURES_IN_A_ROW = 10;

const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 5 * 60_000;
/** A gateway that has taken a text no longer ago, in milliseconds, believes in us: a single one that it refuses is no trouble yet. */
const LATELY_MS = 60_000;
/** So long after a rest was written down, in milliseconds, whatever is read of it is newer: when it is gone, another node has ended it. */
const SURELY_READ_MS = 1_000;
/** Texts whose failures are remembered. */
const MOST_FAILED = 1_000;

/** Less than this share of what a gateway bears at once does not go alone: the rest goes on meanwhile. */
const WORTH_A_ROUND = 1 / 4;
/** Nor is less than this claimed ahead: that costs the database as much as twenty texts. */
const WORTH_CLAIMING_AHEAD = 1 / 2;

/** A gateway's rest: nothing until then, after it one text tries. */
export interface Rest {
  until: number;
  /** How many rests in a row, this one included. */
  rests: number;
  trouble: Trouble | null;
}

/** A rest that begins, as it is written down for every node. */
export interface NewRest extends Rest {
  trouble: Trouble;
  reason: string;
}

/**
 * What stands between the queue and one gateway: at most so many texts on their way at once, and a breaker. Closed, everything
 * goes; after failures in a row it opens and rests, after the first where the far end refuses the account; half open, one text tries,
 * and its fate decides. Rests are written to the database, so that they hold on every node; only the counts live here.
 */
export class GatewayGate {
  private underWay = 0;
  private failures = 0;
  private rest: Rest | null = null;
  private writtenAt = Number.POSITIVE_INFINITY;
  /** The last rest that somebody has broken off. */
  private brokenOff: number | null = null;
  private tookAt = Number.NEGATIVE_INFINITY;
  private taken = 0;
  /** Texts that failed, the longest ago first: how many had been taken by then, and how often another was between two failures. */
  private readonly failed = new Map<string, { taken: number; times: number }>();

  /** How it stands with the gateway is written down. */
  written(now: number): void {
    this.writtenAt = now;
  }

  /**
   * What the database says, for rests that other nodes began or ended. Our own last rest may not be written yet, so it stands, unless
   * somebody has saved the gateway's settings: that was rest number 0, which each node heeds once.
   */
  told(
    { restsUntil: until, rests, restsFor: trouble }: Pick<Lane, 'restsUntil' | 'rests' | 'restsFor'>,
    now: number,
  ): void {
    const isBrokenOff = until !== null && rests === 0 && until !== this.brokenOff;
    const isEnded = until === null && now - this.writtenAt > SURELY_READ_MS;
    if (isBrokenOff) this.brokenOff = until;
    else if (!isEnded && this.rest && this.rest.until > now && this.rest.until >= (until ?? 0)) return;
    this.rest = until === null ? null : { until, rests, trouble };
  }

  get inFlight(): number {
    return this.underWay;
  }

  /** How many texts may begin now. Small change is saved up, so that rounds stay worth their while. */
  room(mostAtOnce: number, now: number): number {
    if (this.rest) return now >= this.rest.until && this.underWay === 0 ? 1 : 0;
    const free = mostAtOnce - this.underWay;
    return free < worthARound(mostAtOnce) ? 0 : free;
  }

  /** How many texts may be claimed now: `waiting` are claimed already, and so many may be claimed `ahead` of the room for them. */
  claimable(mostAtOnce: number, now: number, { waiting, ahead }: { waiting: number; ahead: number }): number {
    if (this.rest) return waiting === 0 ? this.room(mostAtOnce, now) : 0;
    const free = mostAtOnce + ahead - this.underWay - waiting;
    const worth = ahead > 0 ? Math.ceil(mostAtOnce * WORTH_CLAIMING_AHEAD) : worthARound(mostAtOnce);
    return free < worth ? 0 : free;
  }

  /** How many texts may be handed over now that nobody claims: `waiting` wait for room already, and so many may `ahead` of it. */
  spare(mostAtOnce: number, { waiting, ahead }: { waiting: number; ahead: number }): number {
    return this.rest ? 0 : Math.max(0, mostAtOnce + ahead - this.underWay - waiting);
  }

  /** Whether the text that ended just now has made the room for another round. */
  hasRoomAgain(mostAtOnce: number): boolean {
    return this.underWay === mostAtOnce - worthARound(mostAtOnce);
  }

  began(): void {
    this.underWay++;
  }

  /** A text that was to begin did not. */
  spared(): void {
    this.underWay--;
  }

  /** How often a text failed although another had been taken since it failed before: then it is the text, and not the gateway. */
  ownFailures(textId: string): number {
    return this.failed.get(textId)?.times ?? 0;
  }

  /** Whether one text is to try now. */
  isTrying(now: number): boolean {
    return this.rest !== null && now >= this.rest.until;
  }

  /** Takes in how a text fared. `rest`: it rests from now on; `recovered`: the trouble is over; `same` otherwise. */
  ended(
    textId: string,
    result: SendResult,
    now: number,
    chance: number,
  ): { rest: NewRest } | 'recovered' | 'same' {
    this.underWay--;
    if (result.outcome !== 'retry') {
      this.failures = 0;
      this.taken++;
      this.tookAt = now;
      if (this.failed.size > 0) this.failed.delete(textId);
      if (!this.rest || this.isAskedToWait(now)) return 'same';
      this.rest = null;
      return 'recovered';
    }
    const { trouble, reason, afterMs } = result;
    this.remember(textId);
    // A text that the gateway takes no time says nothing about the others, and keeps nobody from trying next.
    if (this.ownFailures(textId) > 0 && !isAsked(result)) return 'same';
    this.failures++;
    const resting = this.rest !== null && now < this.rest.until;
    if (resting || !(this.rest || this.isTrouble(result, now))) return 'same';
    const rests = (this.rest?.rests ?? 0) + 1;
    const until = now + (isAsked(result) ? (afterMs ?? 0) : restFor(rests, chance));
    this.rest = { until, rests, trouble };
    this.writtenAt = Number.POSITIVE_INFINITY;
    return { rest: { until, rests, trouble, reason } };
  }

  /** What it takes while it asks for patience was on its way before, and says nothing of what would follow. */
  private isAskedToWait(now: number): boolean {
    return this.rest !== null && this.rest.trouble === 'throttled' && now < this.rest.until;
  }

  private remember(textId: string): void {
    const before = this.failed.get(textId);
    const times = before ? before.times + (this.taken > before.taken ? 1 : 0) : 0;
    this.failed.delete(textId);
    this.failed.set(textId, { taken: this.taken, times });
    forgetOldest(this.failed, MOST_FAILED);
  }

  /** Whether this failure is a reason to leave the gateway alone. */
  private isTrouble(result: Retry, now: number): boolean {
    if (this.failures >= FAILURES_IN_A_ROW || isAsked(result)) return true;
    return result.trouble === 'refused' && now - this.tookAt > LATELY_MS;
  }
}

type Retry = Extract<SendResult, { outcome: 'retry' }>;

const isAsked = ({ trouble, afterMs }: Retry): boolean => trouble === 'throttled' && afterMs !== undefined;

const worthARound = (mostAtOnce: number): number => Math.ceil(mostAtOnce * WORTH_A_ROUND);

/** The n-th rest in a row, in milliseconds: doubling, with jitter so that nodes do not try in step. */
const restFor = (rests: number, chance: number): number =>
  Math.round(Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (rests - 1)) * (0.75 + chance / 2));
