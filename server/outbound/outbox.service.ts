import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { classify, LaneConnection } from '../database/lane-connection.ts';
import type { SendResult } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { backoff, MOST_ATTEMPTS } from './backoff.ts';
import { type ClaimedText, claim, type Settled, settle } from './outbox.repository.ts';

/** Texts claimed at once. */
const AT_ONCE = 500;
/** How often the outbox is looked at when nobody nudges it, in milliseconds. */
const EVERY_MS = 1_000;

/** How often and after how many milliseconds it is tried again to write down what went out: together less than a lease. */
const SETTLE_TRIES = 100;
const SETTLE_PAUSE_MS = 300;

const sends = new Counter({
  name: 'textloom_sends_total',
  help: 'Texts handed to gateways, by how it ended.',
  labelNames: ['gateway', 'outcome'],
  registers: [register],
});

const lag = new Gauge({
  name: 'textloom_outbox_lag_seconds',
  help: 'How long the oldest text of the last claim had been due, in seconds.',
  registers: [register],
});

/** Sends what decisions have queued: claims, hands to the gateways, and writes how it ended. Woken after every commit. */
@Injectable()
export class OutboxService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly connection: LaneConnection;
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private nudged = false;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly inbound: InboundService,
    watch: BatchWatch,
  ) {
    this.connection = new LaneConnection(database);
    watch.onCommitted((result) => {
      if (result.decided.some(({ decision }) => decision.effects.some((effect) => effect.kind === 'send')))
        this.nudge();
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.nudge(), EVERY_MS);
    this.nudge();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stop.abort();
    await this.running;
    await this.connection.drop();
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

  private async run(): Promise<void> {
    try {
      while (this.nudged && !this.stop.signal.aborted) {
        this.nudged = false;
        while ((await this.sendDue()) > 0 && !this.stop.signal.aborted);
      }
    } catch (error) {
      this.nudged = false;
      this.log.error({ err: error }, 'The outbox could not be worked on.');
    }
  }

  /** Sends one round of due texts. Returns how many were claimed. */
  async sendDue(): Promise<number> {
    const texts = await this.connection.transaction((client) => claim(client, this.clock.now(), AT_ONCE));
    if (texts.length === 0) return 0;
    lag.set(Math.max(0, (this.clock.now() - Math.min(...texts.map((text) => text.due_at))) / 1_000));
    const settled = await Promise.all(texts.map(async (text) => this.judge(text, await this.send(text))));
    await this.settleSurely(settled);
    for (const one of settled) if (one.status === 'failed') this.tellRun(one.text);
    return texts.length;
  }

  /** What went out must be written down before its lease ends, or it would go out again: a database that is away is waited for. */
  private async settleSurely(settled: readonly Settled[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.connection.transaction((client) => settle(client, settled, this.clock.now()));
      } catch (error) {
        const tries = this.stop.signal.aborted ? SETTLE_TRIES / 20 : SETTLE_TRIES;
        if (classify(error) === 'data' || attempt >= tries) throw error;
        await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS));
      }
    }
  }

  /** A text that can never be sent is an event of its run. */
  private tellRun(text: ClaimedText): void {
    if (text.run_id === null) return;
    const at = this.clock.now();
    this.inbound.accept({
      kind: 'run',
      workspaceId: text.workspace_id,
      phone: text.to,
      senderId: text.sender_id,
      at,
      happening: { kind: 'delivery', runId: text.run_id, state: 'failed', at },
      done: () => undefined,
    });
  }

  private async send(text: ClaimedText): Promise<SendResult> {
    const gateway = gatewayOf(text.gateway_kind);
    if (!gateway)
      return { outcome: 'failed', reason: `There is no gateway of the kind "${text.gateway_kind}".` };
    const account = {
      id: text.gateway_id,
      workspaceId: text.workspace_id,
      kind: text.gateway_kind,
      config: text.gateway_config,
    };
    try {
      return await gateway.send(text, account, this.stop.signal);
    } catch (cause) {
      return { outcome: 'retry', reason: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private judge(text: ClaimedText, result: SendResult): Settled {
    sends.inc({ gateway: text.gateway_kind, outcome: result.outcome });
    const now = this.clock.now();
    switch (result.outcome) {
      case 'sent':
      case 'delivered':
        return {
          text,
          status: result.outcome,
          reason: null,
          gatewayMessageId: result.gatewayMessageId,
          dueAt: now,
        };
      case 'failed':
        return { text, status: 'failed', reason: result.reason, gatewayMessageId: null, dueAt: now };
      case 'retry': {
        const givenUp = text.attempts >= MOST_ATTEMPTS;
        const reason = givenUp ? `Given up after ${text.attempts} attempts: ${result.reason}` : result.reason;
        return {
          text,
          status: givenUp ? 'failed' : 'queued',
          reason,
          gatewayMessageId: null,
          dueAt: now + backoff(text.attempts, Math.random()),
        };
      }
    }
  }
}
