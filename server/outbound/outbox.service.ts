import { setMaxListeners } from 'node:events';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { classify, LaneConnection } from '../database/lane-connection.ts';
import type { SendResult } from '../gateways/gateway.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { Allowances } from './allowances.ts';
import { overCaps } from './caps.ts';
import { Claims, countByLane } from './claims.ts';
import { Deliveries } from './deliveries/deliveries.service.ts';
import { Gates } from './gates.ts';
import { judge, ruledOut } from './judge.ts';
import { dueLanes, type Lane } from './lanes.ts';
import { countSend, lag } from './metrics.ts';
import { OperatorPaces, operatorLimits } from './operators.ts';
import { returnPaces } from './paces.ts';
import { Pause } from './pause.ts';
import { putBack } from './put-back.ts';
import {
  CLAIM_SETTINGS,
  type ClaimedText,
  type Settled,
  stillQueued,
  type Wanted,
} from './outbox.repository.ts';
import { type Ruling, rulingsOn } from './rules.ts';
import { sendText } from './send-text.ts';
import { Settling } from './settling.ts';

/** How often the outbox is looked at when nobody nudges it, in milliseconds. */
const EVERY_MS = 1_000;

/** How long the end waits for answers of gateways, in milliseconds. */
const LONGEST_GOODBYE_MS = 2_000;
/** The round after one that has found all there was begins no sooner than so many milliseconds after it. */
const APART_MS = 20;
/** While one round follows another, lanes are looked up anew after so many milliseconds only: that costs as much as to claim twenty texts. */
const SAME_LANES_MS = 25;
/** While more than this waits to be written down, no more is claimed: what rules put off takes no room at a gateway. */
const MOST_UNWRITTEN = 2_000;
/** After how many milliseconds it is looked again whether the text of a person that stands in the inbound log is decided. */
const UNHEARD_MS = 300;

/** What a round has set going, the lanes it looked at, and whether there may be more in them. */
interface Round {
  claimed: number;
  sent: Promise<unknown>;
  lanes: readonly Lane[];
  more: boolean;
}

/**
 * Sends what decisions have queued: claims what each gateway has room for, hands it over, and writes how it ended. Nothing waits
 * for the slowest: each text is settled when its own answer is there, and a gateway that hangs holds its own room only. Woken
 * after every commit.
 */
@Injectable()
export class OutboxService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly claiming: LaneConnection;
  private readonly writing: LaneConnection;
  private readonly settling: Settling;
  private readonly gates: Gates;
  private readonly claims: Claims;
  private readonly allowances: Allowances;
  private readonly operatorPaces = new OperatorPaces();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly pause = new Pause();
  private readonly stop = new AbortController();
  /** Cuts the requests short that are under way. */
  private readonly cut = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private nudged = false;
  /** Whether more was perhaps due than there was room for. */
  private wantsRoom = false;
  /** Those of the last round, while there may be more in them. */
  private lanes: { all: readonly Lane[]; readAt: number } | null = null;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    deliveries: Deliveries,
    watch: BatchWatch,
    @Optional() private readonly inboundLog?: InboundLog,
  ) {
    setMaxListeners(0, this.cut.signal);
    this.claiming = new LaneConnection(database, CLAIM_SETTINGS);
    this.writing = new LaneConnection(database);
    this.gates = new Gates(this.writing, clock, log);
    this.claims = new Claims(this.gates);
    this.allowances = new Allowances(log);
    this.settling = new Settling(this.writing, clock, deliveries, this.allowances, this.stop.signal);
    watch.onCommitted((result) => {
      if (result.decided.some(({ effects }) => effects.some(({ kind }) => kind === 'send'))) this.nudge();
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.nudge(), EVERY_MS);
    this.nudge();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stop.abort();
    this.pause.end();
    await this.running;
    // A request that is cut short goes out again, and the far end may have read it.
    const patience = setTimeout(() => this.cut.abort(), LONGEST_GOODBYE_MS);
    await Promise.all(this.underWay);
    clearTimeout(patience);
    await this.claiming.drop();
    await this.writing.drop();
  }

  /** Something may be due: sends soon, once, however often it is called meanwhile. */
  nudge(): void {
    this.nudged = true;
    if (this.stop.signal.aborted) return;
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.nudged && !this.stop.signal.aborted) this.nudge();
    });
  }

  /** A gateway has room again: what is due goes at once. */
  private goOn(): void {
    if (!this.wantsRoom) return;
    this.nudge();
    this.pause.end();
  }

  private async run(): Promise<void> {
    try {
      while (this.nudged && !this.stop.signal.aborted) {
        this.nudged = false;
        for (let more = true; more && !this.stop.signal.aborted; ) {
          await this.settling.below(MOST_UNWRITTEN);
          const began = performance.now();
          const round = await this.begin();
          const { claimed, lanes } = round;
          // Gateways that are full say when there is room again: looking before costs the database as much as a claim.
          const full = this.gates.full(lanes, this.clock.now());
          this.wantsRoom = full.length > 0;
          more = claimed > 0 && full.length < lanes.length;
          const waits = claimed === 0 || (more && !round.more);
          if (waits && !this.stop.signal.aborted) await this.pause.take(began + APART_MS - performance.now());
        }
      }
    } catch (error) {
      this.nudged = false;
      this.log.error({ err: error }, 'The outbox could not be worked on.');
    }
  }

  /** Sends one round of due texts; resolves when their fates are written. Returns how many were claimed. */
  async sendDue(): Promise<number> {
    this.lanes = null;
    const { claimed, sent } = await this.begin();
    await sent;
    return claimed;
  }

  /** Claims what there is room for and sets it going. */
  private async begin(): Promise<Round> {
    const now = this.clock.now();
    return await this.connected(async (client) => {
      const lanes = await this.lanesOf(client, now);
      const { texts, soonest, more } = await this.claims.next(client, lanes, now);
      if (!more) this.lanes = null;
      if (soonest !== null) this.comeBack(soonest);
      if (texts.length === 0) return { claimed: 0, sent: Promise.resolve(), lanes, more };
      const rulings = await this.ruleOn(client, texts, now);
      const free = texts.filter((text) => !rulings.has(text));
      const heard = await this.heardOf(client, free, now);
      await returnPaces(client, wantedOf(texts), countByLane(heard));
      const going = await this.stillWanted(client, heard);
      for (const text of free) if (!going.has(text)) this.allowances.unused(text);
      const seen = texts.filter((text) => going.has(text) || rulings.has(text));
      return { claimed: seen.length, sent: this.track(seen, rulings), lanes, more };
    });
  }

  /** The lanes in which something is due; those of just now where the last round left some of it. */
  private async lanesOf(client: PoolClient, now: number): Promise<readonly Lane[]> {
    if (this.lanes === null || performance.now() - this.lanes.readAt > SAME_LANES_MS)
      this.lanes = { all: this.seen(await dueLanes(client, now), now), readAt: performance.now() };
    return this.lanes.all;
  }

  /** Those that neither STOP nor somebody of ours has taken out of the queue while rules were asked. */
  private async stillWanted(
    client: PoolClient,
    texts: readonly ClaimedText[],
  ): Promise<ReadonlySet<ClaimedText>> {
    if (texts.length === 0) return new Set();
    const queued = await stillQueued(client, texts);
    const left = texts.filter(({ id }) => !queued.has(id));
    // What is there still may go as soon as it is allowed to, and not when its lease is over.
    if (left.length > 0) await putBack(client, left, null);
    return new Set(texts.filter(({ id }) => queued.has(id)));
  }

  /** A connection that died since the last round is made anew at once; a database that is away is met by the next round. */
  private async connected<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    try {
      return await this.claiming.statement(work);
    } catch (error) {
      if (classify(error) !== 'lost') throw error;
      return await this.claiming.statement(work);
    }
  }

  /** What keeps claimed texts from going now: their own rules first, then what is counted over many. */
  private async ruleOn(
    client: PoolClient,
    texts: readonly ClaimedText[],
    now: number,
  ): Promise<Map<ClaimedText, Ruling>> {
    const rulings = rulingsOn(texts, now);
    const free = () => texts.filter((text) => !rulings.has(text));
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
    const unheard = texts.filter((_, n) => undecided.has(n));
    if (unheard.length === 0) return texts;
    await putBack(client, unheard, now + UNHEARD_MS);
    this.nudge();
    this.comeBack(UNHEARD_MS);
    return texts.filter((_, n) => !undecided.has(n));
  }

  /** Looks again when there is more of a pace that was used up, or when somebody may have been heard. */
  private comeBack(milliseconds: number): void {
    if (milliseconds < EVERY_MS) setTimeout(() => this.nudge(), Math.max(20, milliseconds)).unref();
  }

  /** Tells how long the oldest has been due. What sells to people who do not wait for it may take its time. */
  private seen(lanes: Lane[], now: number): Lane[] {
    const due = lanes.map(({ rank, dueAt }) => (rank < 2 ? dueAt : now));
    lag.set((now - Math.min(now, ...due)) / 1_000);
    return lanes;
  }

  /** Sees texts through to the last of them. */
  private track(texts: readonly ClaimedText[], rulings: ReadonlyMap<ClaimedText, Ruling>): Promise<unknown> {
    const seen = Promise.all(texts.map((text) => this.see(text, rulings.get(text))));
    this.underWay.add(seen);
    return seen.finally(() => this.underWay.delete(seen));
  }

  /** Sees one text through: what the rules say, the gateway, and how it ended. */
  private async see(text: ClaimedText, ruling: Ruling | undefined): Promise<void> {
    try {
      const settled = ruling
        ? ruledOut(text, ruling, this.clock.now())
        : this.handedOver(text, await this.handOver(text));
      await this.settling.add(settled);
    } catch (error) {
      this.log.error({ err: error, messageId: text.id }, 'How a text ended could not be written down.');
    }
  }

  private handOver(text: ClaimedText): Promise<SendResult> {
    this.gates.began(text.lane);
    return sendText(text, this.cut.signal);
  }

  private handedOver(text: ClaimedText, result: SendResult): Settled {
    countSend(text.lane, result.outcome);
    const change = this.gates.ended(text.lane, result);
    if (change === 'recovered') {
      this.lanes = null;
      this.nudge();
    } else if (change === 'room') this.goOn();
    if (result.outcome === 'retry') this.allowances.unused(text);
    return judge(text, result, this.clock.now(), Math.random());
  }
}

const wantedOf = (texts: readonly ClaimedText[]): Wanted[] =>
  [...countByLane(texts)].map(([lane, most]) => ({ lane, most }));
