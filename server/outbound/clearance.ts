import type { PoolClient } from 'pg';
import type { Clock } from '../common/clock.ts';
import type { InboundLog } from '../inbound-log/inbound-log.service.ts';
import type { Allowances } from './allowances.ts';
import { overCaps } from './caps.ts';
import type { Leased } from './claim.ts';
import { countByLane, wantedOf } from './claims.ts';
import { Moment } from './moment.ts';
import { OperatorPaces, operatorLimits } from './operators.ts';
import { returnPaces } from './paces.ts';
import { putBack } from './put-back.ts';
import { rulingsOn } from './rules.ts';
import type { Ruling } from './ruling.ts';
import { type ClaimedText, isRead, readClaimed } from './read-claimed.ts';
import { LONGEST_SEND_MS } from './send-text.ts';
import { withdrawn } from './withdrawn.ts';
import { without } from './without.ts';

/** After how many milliseconds it is looked again whether the text of a person that stands in the inbound log is decided. */
const UNHEARD_MS = 300;

/** What has less left of its lease, in milliseconds, could be claimed by others while it is sent. */
const LEAST_LEASE_MS = LONGEST_SEND_MS + 5_000;

const TOO_LATE: Omit<Extract<Ruling, { status: 'queued' }>, 'until'> = {
  status: 'queued',
  reason: 'Waits its turn again: this server stood still when it was to go.',
  inOrder: true,
};

/** What becomes of claimed texts now. */
export interface Cleared {
  going: readonly ClaimedText[];
  /** What the rules say of those that do not go. What went back into the queue is in neither. */
  kept: ReadonlyMap<ClaimedText, Ruling>;
  /** When to look again at what went back because its person may have texted STOP, in milliseconds from now. */
  again: number | null;
}

/** What keeps claimed texts from going: rules, what is counted over many, words of their people that nobody has heard yet, and STOP. */
export class Clearance {
  private readonly operatorPaces = new OperatorPaces();

  constructor(
    private readonly allowances: Allowances,
    private readonly clock: Clock,
    private readonly inboundLog: InboundLog | null,
  ) {}

  /** Asks everything of everyone; STOP last, right before they go. Where the database ends in between, none goes. */
  async of(client: PoolClient, leased: readonly Leased[], now: number): Promise<Cleared> {
    const known = leased.filter(isRead);
    const claimed = leased.filter((one) => !isRead(one));
    const texts = [...known, ...(await readClaimed(client, claimed, now))];
    // Where nobody had to be asked, STOP cannot have been heard since they were read. What was handed over was read by nobody.
    const asRead = new Moment();
    const isSure = (): boolean => known.length === 0 && !asRead.isOver;
    try {
      return await this.clear(client, { leased, texts, isSure }, now);
    } catch (error) {
      for (const text of texts) this.allowances.unused(text);
      throw error;
    }
  }

  private async clear(
    client: PoolClient,
    {
      leased,
      texts,
      isSure,
    }: { leased: readonly Leased[]; texts: readonly ClaimedText[]; isSure: () => boolean },
    now: number,
  ): Promise<Cleared> {
    if (texts.length < leased.length) await letGo(client, leased, texts);
    const kept = await this.ruleOn(client, texts, now);
    const free = without(texts, kept);
    const heard = await this.heardOf(client, free, now);
    await returnPaces(client, wantedOf(leased), countByLane(heard));
    const going = this.inTime(isSure() ? heard : await this.stillThere(client, heard, now), kept);
    if (going.length < free.length) {
      const goes = new Set(going);
      for (const text of free) if (!goes.has(text)) this.allowances.unused(text);
    }
    return { going, kept, again: heard.length < free.length ? UNHEARD_MS : null };
  }

  /** Their own rules first, then what is counted over many. */
  private async ruleOn(
    client: PoolClient,
    texts: readonly ClaimedText[],
    now: number,
  ): Promise<Map<ClaimedText, Ruling>> {
    const rulings = rulingsOn(texts, now);
    const free = () => without(texts, rulings);
    for (const [text, ruling] of await overCaps(client, free(), now)) rulings.set(text, ruling);
    const operators = await operatorLimits(client, free());
    const paced = await this.operatorPaces.take(client, free(), operators, now);
    for (const [text, ruling] of paced) rulings.set(text, ruling);
    const over = await this.allowances.take(client, free(), operators, now);
    for (const [text, ruling] of over) rulings.set(text, ruling);
    return rulings;
  }

  /** Puts back what goes to somebody whose own text waits in the inbound log: it may be a STOP, and was acknowledged. */
  private async heardOf(
    client: PoolClient,
    texts: readonly ClaimedText[],
    now: number,
  ): Promise<readonly ClaimedText[]> {
    if (!this.inboundLog?.isOn) return texts;
    const people = texts.map(({ workspaceId, to }) => ({ workspaceId, phone: to }));
    const undecided = await this.inboundLog.undecided(people);
    if (undecided.size === 0) return texts;
    const unheard = texts.filter((_, n) => undecided.has(n));
    if (unheard.length > 0) await putBack(client, unheard, now + UNHEARD_MS);
    return texts.filter((_, n) => !undecided.has(n));
  }

  /** Those whose leases outlast their sending, however long they have waited for the database, or the node stood still. */
  private inTime(texts: readonly ClaimedText[], kept: Map<ClaimedText, Ruling>): readonly ClaimedText[] {
    const now = this.clock.now();
    const isLate = ({ leasedUntil }: ClaimedText): boolean => leasedUntil - now < LEAST_LEASE_MS;
    if (!texts.some(isLate)) return texts;
    for (const text of texts) if (isLate(text)) kept.set(text, { ...TOO_LATE, until: now });
    return without(texts, kept);
  }

  /** Those that neither STOP nor somebody of ours has withdrawn while rules were asked. */
  private async stillThere(
    client: PoolClient,
    texts: readonly ClaimedText[],
    now: number,
  ): Promise<readonly ClaimedText[]> {
    const there = without(texts, await withdrawn(client, texts, now));
    if (there.length === texts.length) return there;
    await letGo(client, texts, there);
    // That took its time, in which STOP may have been answered.
    return await this.stillThere(client, there, now);
  }
}

/** Lets go of claimed texts but for those: what is in the queue still may go as soon as it is allowed to, and not when its lease is over. */
async function letGo(client: PoolClient, leased: readonly Leased[], but: readonly Leased[]): Promise<void> {
  const kept = new Set(but.map(({ id }) => id));
  await putBack(
    client,
    leased.filter(({ id }) => !kept.has(id)),
    null,
  );
}
