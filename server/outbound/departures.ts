import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { Clock } from '../common/clock.ts';
import type { Log } from '../common/log.ts';
import { classify, LaneConnection } from '../database/lane-connection.ts';
import type { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { Absence } from './absence.ts';
import { Allowances } from './allowances.ts';
import type { AnswerLanes } from './answer-lanes.ts';
import { CLAIM_SETTINGS, type Leased } from './claim.ts';
import { Claims, wantedOf } from './claims.ts';
import { Clearance } from './clearance.ts';
import type { Deliveries } from './deliveries/deliveries.service.ts';
import type { Demand, RoundEnd } from './demand.ts';
import { Gates } from './gates.ts';
import { LaneLook } from './lane-look.ts';
import type { Lane } from './lanes.ts';
import { returnPaces } from './paces.ts';
import { putBack } from './put-back.ts';
import type { ClaimedText } from './read-claimed.ts';
import { Ready } from './ready.ts';
import { Sending } from './sending.ts';
import { Settling } from './settling.ts';
import { withdrawn } from './withdrawn.ts';

/** While more than this waits to be written down, no more is claimed: what rules put off takes no room at a gateway. */
const MOST_UNWRITTEN = 2_000;

/** Whom departures work with. */
export interface DepartureParts {
  database: DataSource;
  clock: Clock;
  log: Log;
  deliveries: Deliveries;
  inboundLog: InboundLog | null;
  answerLanes: AnswerLanes;
  demand: Demand;
  /** Nothing new departs from then on. */
  stop: AbortSignal;
}

/** What became of some that stood ready: how many have been seen to, and a promise of their end. */
interface Gone {
  /** How many have been sent, or kept by a rule. */
  seen: number;
  sent: Promise<unknown>;
}

/** What a round has set going, and what it leaves. */
export interface Round extends Gone, RoundEnd {
  /** How many were claimed; none where nothing came of it. */
  claimed: number;
  /** Whether a lane gave as many as were asked of it, so that it may have more. */
  more: boolean;
  /** Whether something is due at a gateway with room for another claim. */
  isFree: boolean;
  /** Whether something that stands ready has room already. */
  goesOn: boolean;
}

/** The way of texts from the queue to their gateways: claims what these have room for, clears it, and sends it. */
export class Departures {
  private readonly connection: LaneConnection;
  private readonly writing: LaneConnection;
  private readonly ready = new Ready();
  private readonly absence = new Absence();
  private readonly look: LaneLook;
  private readonly allowances: Allowances;
  private readonly gates: Gates;
  private readonly claims: Claims;
  private readonly clearance: Clearance;
  private readonly settling: Settling;
  private readonly sending: Sending;

  constructor(private readonly parts: DepartureParts) {
    const { database, clock, log, deliveries, inboundLog, answerLanes, demand, stop } = parts;
    this.connection = new LaneConnection(database, CLAIM_SETTINGS);
    this.writing = new LaneConnection(database);
    this.look = new LaneLook(
      (lanes) => answerLanes.note(lanes),
      (milliseconds) => demand.askIn(milliseconds),
    );
    const allowances = new Allowances(log);
    this.allowances = allowances;
    const onWritten = (): void => demand.settled();
    this.settling = new Settling(this.writing, clock, deliveries, allowances, stop, log, onWritten);
    this.gates = new Gates(this.writing, clock, log, this.ready);
    this.claims = new Claims(this.gates);
    this.clearance = new Clearance(allowances, clock, inboundLog);
    const onChange = (change: 'recovered' | 'room'): void => this.goOn(change);
    const { gates, settling } = this;
    this.sending = new Sending({ gates, settling, allowances, clock, log, onChange });
  }

  /** Whether so much waits to be written down that no more should be claimed; `caughtUp` resolves when that is over. */
  get isBehind(): boolean {
    return this.settling.isBehind(MOST_UNWRITTEN);
  }

  caughtUp(): Promise<void> {
    return this.settling.caughtUp(MOST_UNWRITTEN);
  }

  /** Claims what there is room for and sets it going; what stands ready goes meanwhile. */
  async round(): Promise<Round> {
    const { clock } = this.parts;
    const began = clock.now();
    await this.letGo(this.ready.takeBack());
    return await this.connected(async (client) => {
      const [early, { leased, lanes, more }] = await Promise.all([
        this.go(client, began),
        this.claim(client, began),
      ]);
      const late = await this.go(client, began);
      await this.allowances.giveBack(client);
      const seen = early.seen + late.seen;
      const isLeft = !this.ready.isEmpty;
      const now = clock.now();
      // Looking again before there is room costs the database as much as a claim.
      const full = this.gates.full(lanes, now);
      const isFree = full.length < lanes.length;
      return {
        seen,
        sent: Promise.all([early.sent, late.sent]),
        claimed: seen > 0 || isLeft ? leased : 0,
        more,
        full: new Set(full.map(({ gatewayId }) => gatewayId)),
        isFree,
        isLeft,
        isBlocked: !more && isFree,
        goesOn: this.gates.hasReady(now),
      };
    });
  }

  /** Sees to it that the next round knows all that is due, whatever that costs. */
  lookAnew(): void {
    this.look.forget({ surely: true });
  }

  /** Sends texts that need no claim, as far as there is room still; the rest waits for some. Rejects never. */
  async depart(texts: readonly ClaimedText[]): Promise<void> {
    const { stop, clock, demand, log } = this.parts;
    this.ready.add(texts);
    try {
      if (stop.aborted) await this.letGo(this.ready.takeBack(true)).finally(() => this.connection.drop());
      else await this.connected((client) => this.go(client, clock.now()));
      if (!this.ready.isEmpty) demand.leaves();
    } catch (error) {
      // They stand ready still, and go with the next round.
      log.error({ err: error }, 'Replies could not be sent at once.');
    }
  }

  /** How many texts that nobody claims have room at a lane's gateway. */
  spare(lane: Lane): number {
    return this.gates.spare(lane);
  }

  /** Whether a text that needed no claim is out, although the queue may hold it still. */
  isThrough(id: string, gatewayId: string): boolean {
    return this.sending.isThrough(id, gatewayId);
  }

  /** Those of some texts that do not stand in the queue as they were left there. */
  missingOf(texts: readonly ClaimedText[]): Promise<ReadonlySet<ClaimedText>> {
    return this.connected((client) => withdrawn(client, texts, this.parts.clock.now()));
  }

  /** Puts back what has not begun, with what else is `left`; resolves when everything else is written down. */
  async end(left: readonly ClaimedText[]): Promise<void> {
    this.ready.add(left);
    await this.letGo(this.ready.takeBack(true)).catch(() => undefined);
    await this.sending.end();
    await this.connection.drop();
    await this.writing.drop();
  }

  /** Claims texts of lanes in which something is due; they stand ready then. */
  private async claim(
    client: PoolClient,
    now: number,
  ): Promise<{ leased: number; lanes: readonly Lane[]; more: boolean }> {
    const lanes = await this.look.lanes(client, now);
    const { leased, soonest, more } = await this.claims.next(
      client,
      lanes,
      now,
      this.absence.leasesOverBy(now),
    );
    this.absence.heard(now);
    this.ready.add(leased);
    if (!more) this.look.forget();
    if (soonest !== null) this.parts.demand.askIn(soonest);
    return { leased: leased.length, lanes, more };
  }

  /** Sets going what stands ready and has room. */
  private async go(client: PoolClient, now: number): Promise<Gone> {
    const { demand } = this.parts;
    const taken = this.gates.takeReady(now);
    if (taken.length === 0) return NOTHING;
    try {
      const cleared = await this.clearance.of(client, taken, now);
      const { going, kept, again } = cleared;
      if (again !== null) {
        // Others may be due behind those that went back.
        demand.ask();
        demand.askIn(again);
      }
      if (going.length < taken.length) {
        const goes = new Set(going.map(({ id }) => id));
        this.gates.spared(taken.filter(({ id }) => !goes.has(id)));
        // What a gateway never saw is not answered by it, which tells of room otherwise.
        demand.hasRoom();
      }
      return { seen: going.length + kept.size, sent: this.sending.begin(cleared) };
    } catch (error) {
      this.gates.spared(taken);
      this.ready.add(taken);
      throw error;
    }
  }

  /** A gateway works again, or has room: what is due goes at once. */
  private goOn(change: 'recovered' | 'room'): void {
    if (change === 'recovered') {
      this.look.forget();
      this.parts.demand.ask();
    } else this.parts.demand.hasRoom();
  }

  /** Puts back what stood ready and will not go from here. */
  private async letGo(leased: readonly Leased[]): Promise<void> {
    if (leased.length === 0) return;
    try {
      await this.connected(async (client) => {
        await putBack(client, leased, null);
        await returnPaces(client, wantedOf(leased), new Map());
        await this.allowances.giveBack(client);
      });
    } catch (error) {
      // Nobody else would know of them until their leases end.
      this.ready.add(leased);
      throw error;
    }
  }

  /** A connection that died since the last round is made anew at once; a database that is away is met by the next round. */
  private async connected<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    try {
      return await this.connection.statement(work);
    } catch (error) {
      if (classify(error) !== 'lost') throw error;
      return await this.connection.statement(work);
    }
  }
}

const NOTHING: Gone = { seen: 0, sent: Promise.resolve() };
