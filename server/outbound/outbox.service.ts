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
import { BatchWatch } from '../inbound/batch-watch.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { Allowances } from './allowances.ts';
import { overCaps } from './caps.ts';
import { Claims, countByLane } from './claims.ts';
import { Deliveries } from './deliveries/deliveries.service.ts';
import { Grouped } from './grouped.ts';
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
  settle,
  stillQueued,
  type Wanted,
} from './outbox.repository.ts';
import { type Ruling, rulingsOn } from './rules.ts';
import { sendText } from './send-text.ts';

/** How often the outbox is looked at when nobody nudges it, in milliseconds. */
const EVERY_MS = 1_000;

/** How often and after how many milliseconds it is tried again to write down what went out: together less than a lease. */
const SETTLE_TRIES = 100;
const SETTLE_PAUSE_MS = 300;
/** How long the end waits for answers of gateways, in milliseconds. */
const LONGEST_GOODBYE_MS = 2_000;
/** A round that claims fewer than this has found all there was, and the next begins no sooner than so many milliseconds after it. */
const PLENTY = 100;
const APART_MS = 20;
/** While more than this waits to be written down, no more is claimed: what rules put off takes no room at a gateway. */
const MOST_UNWRITTEN = 2_000;
/** How long answers are gathered that come while others are written down, in milliseconds. */
const SETTLE_GATHER_MS = 25;
/** After how many milliseconds it is looked again whether the text of a person that stands in the inbound log is decided. */
const UNHEARD_MS = 300;

/** What a round has set going, and the lanes it looked at. */
interface Round {
  sending: Promise<void>[];
  lanes: readonly Lane[];
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
  private readonly settling: Grouped<Settled>;
  private readonly gates: Gates;
  private readonly claims: Claims;
  private readonly allowances: Allowances;
  private readonly operatorPaces = new OperatorPaces();
  private readonly underWay = new Set<Promise<void>>();
  private readonly pause = new Pause();
  private readonly stop = new AbortController();
  /** Cuts the requests short that are under way. */
  private readonly cut = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private nudged = false;
  /** Whether more was perhaps due than there was room for. */
  private wantsRoom = false;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly deliveries: Deliveries,
    watch: BatchWatch,
    @Optional() private readonly inboundLog?: InboundLog,
  ) {
    setMaxListeners(0, this.cut.signal);
    this.claiming = new LaneConnection(database, CLAIM_SETTINGS);
    this.writing = new LaneConnection(database);
    this.settling = new Grouped((settled) => this.settleSurely(settled), SETTLE_GATHER_MS);
    this.gates = new Gates(this.writing, clock, log);
    this.claims = new Claims(this.gates);
    this.allowances = new Allowances(log);
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
          const { sending, lanes } = await this.begin();
          // Gateways that are full say when there is room again: looking before costs the database as much as a claim.
          const full = this.gates.full(lanes, this.clock.now());
          this.wantsRoom = full.length > 0;
          more = sending.length > 0 && full.length < lanes.length;
          const waits = sending.length === 0 || (sending.length < PLENTY && more);
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
    const { sending } = await this.begin();
    await Promise.all(sending);
    return sending.length;
  }

  /** Claims what there is room for and sets it going. */
  private async begin(): Promise<Round> {
    const now = this.clock.now();
    return await this.connected(async (client) => {
      const lanes = this.seen(await dueLanes(client, now), now);
      const { texts, soonest } = await this.claims.next(client, lanes, now);
      if (soonest !== null) this.comeBack(soonest);
      if (texts.length === 0) return { sending: [], lanes };
      const rulings = await this.ruleOn(client, texts, now);
      const free = texts.filter((text) => !rulings.has(text));
      const heard = await this.heardOf(client, free, now);
      await returnPaces(client, wantedOf(texts), countByLane(heard));
      const queued = await stillQueued(client, heard);
      for (const text of free) if (!queued.has(text.id)) this.allowances.unused(text);
      const sending = texts
        .filter((text) => rulings.has(text) || queued.has(text.id))
        .map((text) => this.track(this.see(text, rulings.get(text))));
      return { sending, lanes };
    });
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

  private track(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }

  /** Sees one text through: what the rules say, the gateway, and how it ended. */
  private async see(text: ClaimedText, ruling: Ruling | undefined): Promise<void> {
    try {
      const settled = ruling ? ruledOut(text, ruling, this.clock.now()) : await this.handOver(text);
      await this.settling.add(settled);
    } catch (error) {
      this.log.error({ err: error, messageId: text.id }, 'How a text ended could not be written down.');
    }
  }

  private async handOver(text: ClaimedText): Promise<Settled> {
    this.gates.began(text.lane);
    const result = await sendText(text, this.cut.signal);
    countSend(text.lane, result.outcome);
    const change = this.gates.ended(text.lane, result);
    if (change === 'recovered') this.nudge();
    else if (change === 'room') this.goOn();
    const now = this.clock.now();
    if (result.outcome === 'retry') this.allowances.unused(text);
    return judge(text, result, now, Math.random());
  }

  /** What went out must be written down before its lease ends, or it would go out again: a database that is away is waited for. */
  private async settleSurely(settled: readonly Settled[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.writing.statement(async (client) => {
          if ((await settle(client, settled, this.clock.now())) > 0) this.deliveries.nudge();
          await this.allowances.giveBack(client);
        });
      } catch (error) {
        const tries = this.stop.signal.aborted ? SETTLE_TRIES / 20 : SETTLE_TRIES;
        if (classify(error) === 'data' || attempt >= tries) throw error;
        await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
      }
    }
  }
}

const wantedOf = (texts: readonly ClaimedText[]): Wanted[] =>
  [...countByLane(texts)].map(([lane, most]) => ({ lane, most }));
