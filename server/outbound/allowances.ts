import type { PoolClient } from 'pg';
import type { Log } from '../common/log.ts';
import { dayIn, giveBack, type SenderDay, takeFromDay, type Unsent } from './day-ceilings.ts';
import type { Lane } from './lanes.ts';
import { ceilings } from './metrics.ts';
import type { ClaimedText } from './outbox.repository.ts';
import type { Ruling } from './rules.ts';

/** What senders may still send today, taken from counts that all nodes share before a text goes. */
export class Allowances {
  private readonly unspent = new Map<string, { day: SenderDay; unsent: Unsent }>();
  /** The day on which a sender's ceiling was last told of. */
  private readonly told = new Map<string, string>();

  constructor(private readonly log: Log) {}

  /** Takes each text from its sender's day; returns the rulings on those there is no more room for. */
  async take(
    client: PoolClient,
    texts: readonly ClaimedText[],
    now: number,
  ): Promise<Map<ClaimedText, Ruling>> {
    const rulings = new Map<ClaimedText, Ruling>();
    for (const [senderId, { lane, claimed }] of bySender(texts)) {
      const ceiling = lane.limits.mostADay ?? 0;
      const { date, ends } = dayIn(lane.timeZone, now);
      const day = { workspaceId: lane.workspaceId, senderId, operator: '', date };
      const segments = claimed.map((text) => text.segments);
      const granted = await takeFromDay(client, { ...day, ceiling }, segments);
      const over = claimed.slice(granted);
      for (const text of over) rulings.set(text, overDay(lane, ceiling, ends));
      if (over.length > 0) this.alarm(day, ceiling, over.length, lane.limits.overDay);
    }
    return rulings;
  }

  /** A text that was taken from a day did not go after all. */
  unused({ lane, segments }: ClaimedText, now: number): void {
    if (lane.limits.mostADay === null) return;
    const { workspaceId, limits } = lane;
    const senderId = limits.countsAs;
    const day = { workspaceId, senderId, operator: '', date: dayIn(lane.timeZone, now).date };
    const key = `${senderId} ${day.date}`;
    const before = this.unspent.get(key)?.unsent ?? { texts: 0, segments: 0 };
    this.unspent.set(key, {
      day,
      unsent: { texts: before.texts + 1, segments: before.segments + segments },
    });
  }

  /** Gives back what was not used since. */
  async giveBack(client: PoolClient): Promise<void> {
    for (const [key, { day, unsent }] of this.unspent) {
      this.unspent.delete(key);
      await giveBack(client, day, unsent);
    }
  }

  private alarm({ senderId, date }: SenderDay, ceiling: number, texts: number, outcome: string): void {
    ceilings.inc({ outcome }, texts);
    if (this.told.get(senderId) === date) return;
    this.told.set(senderId, date);
    this.log.warn({ senderId, ceiling, date }, 'A sender has reached its ceiling for the day.');
  }
}

/** The texts of senders that have a ceiling. */
function bySender(texts: readonly ClaimedText[]): Map<string, { lane: Lane; claimed: ClaimedText[] }> {
  const groups = new Map<string, { lane: Lane; claimed: ClaimedText[] }>();
  for (const text of texts) {
    const { lane } = text;
    if (lane.limits.mostADay === null) continue;
    const group = groups.get(lane.limits.countsAs);
    if (group) group.claimed.push(text);
    else groups.set(lane.limits.countsAs, { lane, claimed: [text] });
  }
  return groups;
}

function overDay({ from, limits }: Lane, ceiling: number, tomorrow: number): Ruling {
  const reached = `${from} has sent the ${ceiling} texts it may send a day.`;
  if (limits.overDay === 'fail') return { status: 'failed', reason: `Not sent: ${reached}` };
  return { status: 'queued', until: tomorrow, reason: `Waits for tomorrow: ${reached}` };
}
