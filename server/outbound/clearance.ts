import type { PoolClient } from 'pg';
import type { InboundLog } from '../inbound-log/inbound-log.service.ts';
import type { Allowances } from './allowances.ts';
import { overCaps } from './caps.ts';
import type { ClaimedText } from './claim.ts';
import { countByLane } from './claims.ts';
import { OperatorPaces, operatorLimits } from './operators.ts';
import { returnPaces } from './paces.ts';
import { putBack } from './put-back.ts';
import { rulingsOn } from './rules.ts';
import type { Ruling } from './ruling.ts';
import { withdrawn } from './withdrawn.ts';

/** After how many milliseconds it is looked again whether the text of a person that stands in the inbound log is decided. */
const UNHEARD_MS = 300;

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
    private readonly inboundLog: InboundLog | null,
  ) {}

  /** Asks everything of everyone; STOP last, right before they go. */
  async of(client: PoolClient, texts: readonly ClaimedText[], now: number): Promise<Cleared> {
    const kept = await this.ruleOn(client, texts, now);
    const free = without(texts, kept);
    const heard = await this.heardOf(client, free, now);
    await returnPaces(
      client,
      [...countByLane(texts)].map(([lane, most]) => ({ lane, most })),
      countByLane(heard),
    );
    const gone = await this.goneOf(client, heard);
    const going = without(heard, gone);
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

  /** Those that STOP or somebody of ours has withdrawn while rules were asked. */
  private async goneOf(client: PoolClient, texts: readonly ClaimedText[]): Promise<ReadonlySet<ClaimedText>> {
    const gone = await withdrawn(client, texts);
    // What is there still may go as soon as it is allowed to, and not when its lease is over.
    if (gone.size > 0) await putBack(client, [...gone], null);
    return gone;
  }
}

/** The texts that are not among those; nearly always all of them. */
function without(
  texts: readonly ClaimedText[],
  those: { size: number; has: (text: ClaimedText) => boolean },
): readonly ClaimedText[] {
  return those.size === 0 ? texts : texts.filter((text) => !those.has(text));
}
