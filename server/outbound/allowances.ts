import type { PoolClient } from 'pg';
import type { Log } from '../common/log.ts';
import { dayIn, giveBack, type SenderDay, takeFromDay, type Unsent } from './day-ceilings.ts';
import { ceilings } from './metrics.ts';
import { type OperatorLimits, operatorName, operatorZone } from './operators.ts';
import type { ClaimedText } from './read-claimed.ts';
import type { Ruling } from './ruling.ts';

/** A day that several texts are taken from. */
interface Ceiling {
  day: SenderDay;
  most: number;
  /** When the day ends. */
  ends: number;
  texts: ClaimedText[];
}

/** What senders may still send today, in all and to each operator, taken from counts that all nodes share before a text goes. */
export class Allowances {
  private readonly unspent = new Map<string, { day: SenderDay; unsent: Unsent }>();
  /** The days each text was taken from. */
  private readonly taken = new WeakMap<ClaimedText, SenderDay[]>();
  /** The day on which a ceiling was last told of. */
  private readonly told = new Map<string, string>();

  constructor(private readonly log: Log) {}

  /** Takes each text from its days; returns the rulings on those there is no more room for. */
  async take(
    client: PoolClient,
    texts: readonly ClaimedText[],
    operators: OperatorLimits,
    now: number,
  ): Promise<Map<ClaimedText, Ruling>> {
    // What did not go leaves room for these, perhaps for the same texts.
    await this.giveBack(client);
    const rulings = new Map<ClaimedText, Ruling>();
    for (const ceiling of ceilingsOf(texts, operators, now)) {
      const { day, most } = ceiling;
      const open = ceiling.texts.filter((text) => !rulings.has(text));
      const segments = open.map((text) => text.segments);
      const granted = await takeFromDay(client, { ...day, ceiling: most }, segments);
      for (const text of open.slice(0, granted)) this.taken.set(text, [...(this.taken.get(text) ?? []), day]);
      for (const text of open.slice(granted)) {
        const ruling = overRuling(text, ceiling);
        ceilings.inc({ outcome: ruling.status === 'queued' ? 'tomorrow' : 'fail' });
        rulings.set(text, ruling);
        this.unused(text);
      }
      if (open.length > granted) this.alarm(day, most);
    }
    return rulings;
  }

  /** A text that was taken from its days did not go after all. */
  unused(text: ClaimedText): void {
    for (const day of this.taken.get(text) ?? []) {
      const key = keyOf(day);
      const before = this.unspent.get(key)?.unsent ?? { texts: 0, segments: 0 };
      const unsent = { texts: before.texts + 1, segments: before.segments + text.segments };
      this.unspent.set(key, { day, unsent });
    }
    this.taken.delete(text);
  }

  /** Gives back what was not used since. */
  async giveBack(client: PoolClient): Promise<void> {
    for (const [key, { day, unsent }] of this.unspent) {
      this.unspent.delete(key);
      await giveBack(client, day, unsent);
    }
  }

  private alarm({ senderId, operator, date }: SenderDay, ceiling: number): void {
    const of = `${senderId} ${operator}`;
    if (this.told.get(of) === date) return;
    this.told.set(of, date);
    this.log.warn({ senderId, operator, ceiling, date }, 'A sender has reached its ceiling for the day.');
  }
}

const keyOf = ({ senderId, operator, date }: SenderDay): string => `${senderId} ${operator} ${date}`;

/** The ceilings of the senders, then those of their operators. */
function ceilingsOf(texts: readonly ClaimedText[], operators: OperatorLimits, now: number): Ceiling[] {
  const all = new Map<string, Ceiling>();
  const add = (text: ClaimedText, operator: string, most: number): void => {
    const { workspaceId, timeZone, limits } = text.lane;
    const { date, ends } = dayIn(operator === '' ? timeZone : operatorZone(operator, timeZone), now);
    const day = { workspaceId, senderId: limits.countsAs, operator, date };
    const known = all.get(keyOf(day));
    if (known) known.texts.push(text);
    else all.set(keyOf(day), { day, most, ends, texts: [text] });
  };
  for (const text of texts) if (text.lane.limits.mostADay !== null) add(text, '', text.lane.limits.mostADay);
  for (const text of texts)
    for (const { operator, mostADay } of operators.get(text) ?? [])
      if (mostADay !== null) add(text, operator, mostADay);
  return [...all.values()];
}

/** What becomes of a text that its ceiling has no room for: senders of a campaign that share one may differ in that. */
function overRuling({ lane: { limits, from } }: ClaimedText, { day, most, ends }: Ceiling): Ruling {
  const isOperators = day.operator !== '';
  const whom = isOperators ? ` to ${operatorName(day.operator)}` : '';
  const reached = `${from} has sent the ${most === 1 ? 'one text' : `${most} texts`} it may send${whom} a day.`;
  return limits.overDay === 'fail' && !isOperators
    ? { status: 'failed', reason: `Not sent: ${reached}` }
    : { status: 'queued', until: ends, reason: `Waits for tomorrow: ${reached}` };
}
