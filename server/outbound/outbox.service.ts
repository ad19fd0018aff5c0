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
import { Handover } from '../runtime/handover.ts';
import type { SenderEntry, WorkspaceWorld } from '../runtime/world-cache.ts';
import { Allowances } from './allowances.ts';
import { CLAIM_SETTINGS, type Leased } from './claim.ts';
import { Claims, wantedOf } from './claims.ts';
import { Clearance } from './clearance.ts';
import { Deliveries } from './deliveries/deliveries.service.ts';
import { Doubtful } from './doubtful.ts';
import { Gates } from './gates.ts';
import { AnswerLanes } from './handed-over.ts';
import { LaneLook } from './lane-look.ts';
import type { Lane } from './lanes.ts';
import { returnPaces } from './paces.ts';
import { Pause } from './pause.ts';
import { putBack } from './put-back.ts';
import { Ready } from './ready.ts';
import type { ClaimedText } from './read-claimed.ts';
import { Sending } from './sending.ts';
import { Settling } from './settling.ts';
import { withdrawn } from './withdrawn.ts';

/** How often the outbox is looked at when nobody nudges it, in milliseconds. */
const EVERY_MS = 1_000;

/** The round after one that has found all there was begins no sooner than so many milliseconds after it. */
const APART_MS = 20;
/** While more than this waits to be written down, no more is claimed: what rules put off takes no room at a gateway. */
const MOST_UNWRITTEN = 2_000;

/** What a round has set going, the lanes it looked at, and whether there may be more in them. */
interface Round {
  claimed: number;
  /** How many have been sent, or kept by a rule. */
  seen: number;
  sent: Promise<unknown>;
  lanes: readonly Lane[];
  more: boolean;
}

/**
 * Sends what decisions have queued: claims what each gateway has room for, hands it over, and writes how it ended. Nothing waits
 * for the slowest: each text is settled when its own answer is there, and a gateway that hangs holds its own room only. Woken
 * after every commit that queued something. Replies that a decision hands over go at once, without a claim.
 */
@Injectable()
export class OutboxService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly claiming: LaneConnection;
  private readonly writing: LaneConnection;
  private readonly settling: Settling;
  private readonly gates: Gates;
  private readonly claims: Claims;
  private readonly clearance: Clearance;
  private readonly sending: Sending;
  private readonly ready = new Ready();
  private readonly answerLanes = new AnswerLanes();
  private readonly doubtful = new Doubtful(
    (texts) => this.connected((client) => withdrawn(client, texts, this.clock.now())),
    (texts) => this.takeOver(texts),
  );
  /** What was handed over and is not sent yet. */
  private readonly handed = new Set<Promise<void>>();
  private readonly pause = new Pause();
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private nudged = false;
  /** Whether more was perhaps due than there was room for. */
  private wantsRoom = false;
  /** Whether something was due that had room and did not come: it waits for another text of the same person, perhaps. */
  private wantsOthers = false;
  /** Whether something was written down since the last round began, behind which others may have waited. */
  private hasWritten = false;
  /** Gateways with more in the queue than they have room for: what is handed over would overtake that. */
  private behind: ReadonlySet<string> = new Set();
  private readonly look: LaneLook;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    deliveries: Deliveries,
    watch: BatchWatch,
    handover: Handover,
    @Optional() inboundLog?: InboundLog,
  ) {
    this.claiming = new LaneConnection(database, CLAIM_SETTINGS);
    this.writing = new LaneConnection(database);
    this.gates = new Gates(this.writing, clock, log, this.ready);
    this.claims = new Claims(this.gates);
    this.look = new LaneLook(
      (lanes) => this.answerLanes.note(lanes),
      (milliseconds) => this.comeBack(milliseconds),
    );
    const allowances = new Allowances(log);
    this.clearance = new Clearance(allowances, clock, inboundLog ?? null);
    this.settling = new Settling(this.writing, clock, deliveries, allowances, this.stop.signal, () => {
      this.hasWritten = true;
      if (this.wantsOthers) this.nudge();
    });
    this.sending = new Sending({
      gates: this.gates,
      settling: this.settling,
      allowances,
      clock,
      log,
      onChange: (change) => this.goOn(change),
    });
    handover.takenBy({
      roomFor: (sender, world) => this.roomFor(sender, world),
      isThrough: (id, gatewayId) => this.sending.isThrough(id, gatewayId),
      lookFor: (replies) => this.doubtful.add(this.answerLanes.claimed(replies)),
    });
    watch.onCommitted(({ replies }) => {
      if (replies.handed.length > 0) this.takeOver(this.answerLanes.claimed(replies.handed));
      if (replies.waiting > 0) this.nudge();
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
    await Promise.all(this.handed);
    await this.letGo([...this.ready.takeBack(true), ...this.doubtful.takeBack()]).catch(() => undefined);
    await this.sending.end();
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

  /** A gateway works again, or has room: what is due goes at once. */
  private goOn(change: 'recovered' | 'room'): void {
    if (change === 'recovered') this.look.forget();
    else if (!this.wantsRoom) return;
    this.nudge();
    if (change === 'room') this.pause.end();
  }

  /** How many replies of a sender could go at once if they were handed over now. */
  private roomFor(sender: SenderEntry, world: WorkspaceWorld): number {
    const isBusy = this.behind.has(sender.gatewayId) || this.settling.length >= MOST_UNWRITTEN;
    const lane = isBusy || this.stop.signal.aborted ? null : this.answerLanes.in(world, sender);
    return lane ? this.gates.spare(lane) : 0;
  }

  /** Sends what a decision has handed over, as far as there is room still; the rest waits for some. */
  private takeOver(texts: readonly ClaimedText[]): void {
    this.ready.add(texts);
    const going = this.goHanded().finally(() => this.handed.delete(going));
    this.handed.add(going);
  }

  private async goHanded(): Promise<void> {
    try {
      if (this.stop.signal.aborted) await this.letGoLate();
      else await this.connected((client) => this.go(client, this.clock.now()));
      if (!this.ready.isEmpty) this.wantsRoom = true;
    } catch (error) {
      // They stand ready still, and go with the next round.
      this.log.error({ err: error }, 'Replies could not be sent at once.');
    }
  }

  private async run(): Promise<void> {
    try {
      while (this.nudged && !this.stop.signal.aborted) {
        this.nudged = false;
        this.wantsOthers = false;
        for (let more = true; more && !this.stop.signal.aborted; ) {
          await this.settling.below(MOST_UNWRITTEN);
          const began = performance.now();
          this.hasWritten = false;
          // Room that is made meanwhile is heard of.
          this.wantsRoom = true;
          const round = await this.begin();
          const { claimed, lanes } = round;
          // Gateways that are full say when there is room again: looking before costs the database as much as a claim.
          const full = this.gates.full(lanes, this.clock.now());
          this.wantsRoom = full.length > 0 || !this.ready.isEmpty;
          this.behind = new Set(full.map(({ gatewayId }) => gatewayId));
          this.wantsOthers = !round.more && full.length < lanes.length;
          if (this.wantsOthers && this.hasWritten) this.nudged = true;
          const goesOn = this.gates.hasReady(this.clock.now());
          more = goesOn || (claimed > 0 && full.length < lanes.length);
          const waits = !goesOn && (claimed === 0 || (more && !round.more));
          if (waits && !this.stop.signal.aborted) await this.pause.take(began + APART_MS - performance.now());
        }
      }
    } catch (error) {
      this.nudged = false;
      this.log.error({ err: error }, 'The outbox could not be worked on.');
    }
  }

  /** Sends one round of due texts; resolves when their fates are written. Returns how many there were. */
  async sendDue(): Promise<number> {
    this.look.forget({ surely: true });
    const { seen, sent } = await this.begin();
    await sent;
    return seen;
  }

  /** Claims what there is room for and sets it going; what stands ready goes meanwhile. */
  private async begin(): Promise<Round> {
    const now = this.clock.now();
    await this.letGo(this.ready.takeBack());
    return await this.connected(async (client) => {
      const [early, { leased, lanes, more }] = await Promise.all([
        this.go(client, now),
        this.claim(client, now),
      ]);
      const late = await this.go(client, now);
      const seen = early.seen + late.seen;
      const claimed = seen > 0 || !this.ready.isEmpty ? leased : 0;
      return { claimed, seen, sent: Promise.all([early.sent, late.sent]), lanes, more };
    });
  }

  /** Claims texts of lanes in which something is due; they stand ready then. Returns how many. */
  private async claim(
    client: PoolClient,
    now: number,
  ): Promise<{ leased: number; lanes: readonly Lane[]; more: boolean }> {
    const lanes = await this.look.lanes(client, now);
    const { leased, soonest, more } = await this.claims.next(client, lanes, now);
    this.ready.add(leased);
    if (!more) this.look.forget();
    if (soonest !== null) this.comeBack(soonest);
    return { leased: leased.length, lanes, more };
  }

  /** Sets going what stands ready and has room. Returns how many have been seen to, and a promise of their end. */
  private async go(client: PoolClient, now: number): Promise<{ seen: number; sent: Promise<unknown> }> {
    const taken = this.gates.takeReady(now);
    if (taken.length === 0) return { seen: 0, sent: Promise.resolve() };
    try {
      const cleared = await this.clearance.of(client, taken, now);
      const { going, kept, again } = cleared;
      if (again !== null) {
        // Others may be due behind those that went back.
        this.nudged = true;
        this.comeBack(again);
      }
      if (going.length < taken.length) {
        const goes = new Set(going.map(({ id }) => id));
        this.gates.spared(taken.filter(({ id }) => !goes.has(id)));
        // What a gateway never saw is not answered by it, which tells of room otherwise.
        if (this.wantsRoom) this.nudge();
      }
      return { seen: going.length + kept.size, sent: this.sending.begin(cleared) };
    } catch (error) {
      this.gates.spared(taken);
      this.ready.add(taken);
      throw error;
    }
  }

  /** What is handed over while the node ends goes back, perhaps when nobody is left to give the connection back after it. */
  private async letGoLate(): Promise<void> {
    await this.letGo(this.ready.takeBack(true)).finally(() => this.claiming.drop());
  }

  /** Puts back what stands ready and will not go from here. */
  private async letGo(leased: readonly Leased[]): Promise<void> {
    if (leased.length === 0) return;
    await this.connected(async (client) => {
      await putBack(client, leased, null);
      await returnPaces(client, wantedOf(leased), new Map());
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

  /** Looks again when there is more of a pace that was used up, or when somebody may have been heard. */
  private comeBack(milliseconds: number): void {
    if (milliseconds < EVERY_MS) setTimeout(() => this.nudge(), Math.max(20, milliseconds)).unref();
  }
}
