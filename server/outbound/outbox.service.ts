import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import { InboundLog } from '../inbound-log/inbound-log.service.ts';
import { Handover } from '../runtime/handover.ts';
import { AnswerLanes } from './answer-lanes.ts';
import { Deliveries } from './deliveries/deliveries.service.ts';
import { Demand } from './demand.ts';
import { Departures } from './departures.ts';
import { HandedOver } from './handed-over.ts';

/** The round after one that has found all there was begins no sooner than so many milliseconds after it. */
const APART_MS = 20;

/**
 * Sends what decisions have queued: claims what each gateway has room for, hands it over, and writes how it ended. Nothing waits
 * for the slowest: each text is settled when its own answer is there, and a gateway that hangs holds its own room only. Woken
 * after every commit that queued something. Replies that a decision hands over go at once, without a claim.
 */
@Injectable()
export class OutboxService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly demand = new Demand(() => this.wake());
  private readonly departures: Departures;
  private readonly handedOver: HandedOver;
  private readonly stop = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    database: DataSource,
    clock: Clock,
    private readonly log: Log,
    deliveries: Deliveries,
    watch: BatchWatch,
    handover: Handover,
    @Optional() inboundLog?: InboundLog,
  ) {
    const answerLanes = new AnswerLanes();
    this.departures = new Departures({
      database,
      clock,
      log,
      deliveries,
      inboundLog: inboundLog ?? null,
      answerLanes,
      demand: this.demand,
      stop: this.stop.signal,
    });
    const isBusy = (gatewayId: string): boolean => this.isBusy(gatewayId);
    this.handedOver = new HandedOver(this.departures, answerLanes, isBusy, log);
    handover.takenBy(this.handedOver);
    watch.onCommitted(({ replies }) => {
      replies.handOver();
      if (replies.waiting > 0) this.nudge();
    });
  }

  onApplicationBootstrap(): void {
    this.demand.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.demand.end();
    await this.running;
    await this.departures.end(await this.handedOver.end());
  }

  /** Something may be due: sends soon, once, however often it is called meanwhile. */
  nudge(): void {
    this.demand.ask();
  }

  /** Sends one round of due texts; resolves when their fates are written. Returns how many there were. */
  async sendDue(): Promise<number> {
    this.departures.lookAnew();
    const { seen, sent } = await this.departures.round();
    await sent;
    return seen;
  }

  private get isEnding(): boolean {
    return this.stop.signal.aborted;
  }

  /** Whether what is handed over would overtake what waits for a gateway, or nobody takes anything over. */
  private isBusy(gatewayId: string): boolean {
    return this.isEnding || this.departures.isBehind || this.demand.isBehind(gatewayId);
  }

  private wake(): void {
    if (this.isEnding) return;
    this.running ??= this.run().finally(() => {
      this.running = null;
      if (this.demand.isThere) this.wake();
    });
  }

  private async run(): Promise<void> {
    try {
      while (!this.isEnding && this.demand.take()) await this.drain();
    } catch (error) {
      this.demand.take();
      this.log.error({ err: error }, 'The outbox could not be worked on.');
    }
  }

  /** Goes round until nothing is due any more that has room. */
  private async drain(): Promise<void> {
    for (let more = true; more && !this.isEnding; ) {
      await this.departures.caughtUp();
      const began = performance.now();
      this.demand.roundBegins();
      const round = await this.departures.round();
      this.demand.roundEnds(round);
      const { goesOn, claimed, isFree } = round;
      more = goesOn || (claimed > 0 && isFree);
      const waits = !goesOn && (claimed === 0 || (more && !round.more));
      if (waits && !this.isEnding) await this.demand.pause(began + APART_MS - performance.now());
    }
  }
}
