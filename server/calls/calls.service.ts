import { Injectable } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import { isLaterKind } from '#flows/engine/effects.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { LaneConnection } from '../database/lane-connection.ts';
import { againAfter } from '../inbound/again-after.ts';
import { BatchWatch } from '../inbound/batch-watch.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { CallHandler } from './call-handler.ts';
import {
  type CallAnswer,
  callAnswerSchema,
  type ClaimedCall,
  claimCalls,
  dropCall,
  freeCalls,
  keepAnswer,
  putOff,
  renewLeases,
} from './call-rows.ts';
import { EmailCalls } from './email-calls.ts';
import { FarEnds, type Room } from './far-ends.ts';
import { NoticeCalls } from './notice-calls.ts';
import { WebhookCalls } from './webhook-calls.ts';

/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 1_000;
/** How often is looked for calls that a clock which was set back since has put off for too long, in milliseconds. */
const FREE_EVERY_MS = 60_000;
/** Leases that end sooner, in milliseconds, are renewed. */
const RENEW_MS = 60_000;
/** A call that was begun so often without an end took the process down with it, or the database; it is given up. */
const MOST_ATTEMPTS = 6;
/** An answer this long after the person's text is no reply to it any more. */
const STILL_REPLIES_MS = 5 * 60_000;

const calls = new Counter({
  name: 'textloom_calls_total',
  help: 'Calls to the outside that flows asked for, by how they went.',
  labelNames: ['kind', 'outcome'],
  registers: [register],
});

const lag = new Gauge({
  name: 'textloom_calls_lag_seconds',
  help: 'How long the oldest call of the last claim had been due, in seconds.',
  registers: [register],
});

/**
 * Does what decisions asked of the outside: claims, calls outside of any transaction, keeps the answer, and puts it to the run as
 * work of its contact, in order with texts and wake-ups. The run's sequence tells whether it still waits.
 */
@Injectable()
export class CallsService extends RoundsWorker {
  private readonly connection: LaneConnection;
  private readonly handlers: ReadonlyMap<string, CallHandler>;
  private readonly underWay = new Map<ClaimedCall, Promise<void>>();
  private readonly farEnds = new FarEnds();
  /** Where more may be due than there was room for when it was claimed last; null: anywhere. */
  private full: ReadonlySet<string> | null = null;
  private freedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly inbound: InboundService,
    watch: BatchWatch,
    webhooks: WebhookCalls,
    emails: EmailCalls,
    notices: NoticeCalls,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Calls could not be claimed.' });
    this.connection = new LaneConnection(database);
    this.handlers = new Map([webhooks, emails, notices].map((handler) => [handler.kind, handler]));
    watch.onCommitted(({ decided }) => {
      const asks = decided.some(({ effects }) =>
        effects.some(({ kind }) => kind === 'call' || kind === 'notify'),
      );
      if (asks) this.nudge();
    });
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    await Promise.all(this.underWay.values());
    await this.connection.drop();
  }

  /** Makes every call that is due now and waits for all of them. */
  async callDue(): Promise<void> {
    await this.workDue();
    await Promise.all(this.underWay.values());
  }

  /** Begins the calls that are due now and for which there is room. */
  protected async round(): Promise<void> {
    const now = this.clock.now();
    await this.renew(now);
    const room = this.farEnds.room(performance.now());
    if (room.inAll === 0) return;
    // At once where it is our own clock that was set back.
    if (Math.abs(now - this.freedAt) >= FREE_EVERY_MS) {
      await this.connection.statement((client) => freeCalls(client, now));
      this.freedAt = now;
    }
    const claimed = await this.connection.statement((client) => claimCalls(client, now, room));
    this.full = fullAfter(claimed, room);
    const [oldest] = claimed.map((call) => call.due_at).sort((a, b) => a - b);
    if (oldest !== undefined) lag.set(Math.max(0, (this.clock.now() - oldest) / 1_000));
    for (const call of claimed) {
      const doing = this.take(call)
        .catch((error: unknown) =>
          this.log.error({ err: error, callId: call.id }, 'A call could not be settled.'),
        )
        .finally(() => {
          this.underWay.delete(call);
          this.farEnds.ended(call.far_end);
          if (this.full?.has(call.far_end) ?? true) this.nudge();
        });
      this.underWay.set(call, doing);
      this.farEnds.began(call.far_end);
    }
  }

  /** What takes long is nobody else's as long as this process makes it. */
  private async renew(now: number): Promise<void> {
    const ending = [...this.underWay.keys()].filter((call) => call.leased_until - now < RENEW_MS);
    if (ending.length > 0) await this.connection.statement((client) => renewLeases(client, ending, now));
  }

  /** One call from claim to end. */
  private async take(call: ClaimedCall): Promise<void> {
    const known = callAnswerSchema.safeParse(call.answer);
    const answer = known.success ? known.data : await this.perform(call);
    if (!answer) return;
    const again = call.seq === null ? null : await this.tell(call, call.seq, answer);
    if (again === null) await dropCall(this.database, call);
    else await putOff(this.database, call, this.clock.now() + again);
  }

  /** Makes a call and keeps how it went; null where it is to be made again. */
  private async perform(call: ClaimedCall): Promise<CallAnswer | null> {
    const result = await this.attempt(call);
    if ('again' in result) {
      this.log.warn({ callId: call.id, kind: call.kind, reason: result.reason }, 'A call is put off.');
      await putOff(this.database, call, this.clock.now() + result.again);
      return null;
    }
    calls.inc({ kind: call.kind, outcome: result.outcome });
    if (call.seq !== null) await keepAnswer(this.database, call, result);
    return result;
  }

  private async attempt(call: ClaimedCall) {
    const failed: CallAnswer = { outcome: call.kind === 'webhook' ? 'error' : 'failed', values: {} };
    const handler = this.handlers.get(call.kind);
    if (!handler || call.attempts > MOST_ATTEMPTS) return failed;
    this.farEnds.asked(call.far_end, call.id, performance.now());
    try {
      return await handler.perform(call);
    } catch (error) {
      this.log.error({ err: error, callId: call.id, kind: call.kind }, 'A call failed on our side.');
      return failed;
    } finally {
      this.farEnds.answered(call.far_end, call.id, performance.now());
    }
  }

  /** Puts an answer to the run. Returns after how many milliseconds it is to be offered again, null where it was taken. */
  private tell(call: ClaimedCall, seq: number, { outcome, values }: CallAnswer): Promise<number | null> {
    const { kind, run_id: runId } = call;
    if (!isLaterKind(kind)) return Promise.resolve(null);
    const at = this.clock.now();
    const message = at - call.created_at <= STILL_REPLIES_MS ? call.message : null;
    return decided(this.inbound, {
      kind: 'run',
      workspaceId: call.workspace_id,
      phone: call.phone,
      senderId: call.sender_id,
      at,
      happening: { kind: 'answer', runId, seq, effect: kind, outcome, values, message, at },
    }).then(
      () => null,
      (refusal: unknown) => againAfter(refusal, call.attempts),
    );
  }
}

/** The far ends that gave as many calls as there was room for; null where others may have been left behind as well. */
function fullAfter(
  claimed: readonly ClaimedCall[],
  { inAll, unproven, unmet, ends }: Room,
): Set<string> | null {
  const calls = new Map<string, number>();
  for (const { far_end: end } of claimed) calls.set(end, (calls.get(end) ?? 0) + 1);
  const met = new Map(ends.map((one) => [one.end, one]));
  const strangers = claimed.filter(({ far_end: end }) => !met.get(end)?.quick).length;
  if (claimed.length * 2 >= inAll || strangers * 2 >= unproven) return null;
  const full = new Set(ends.filter((one) => (calls.get(one.end) ?? 0) === one.calls).map(({ end }) => end));
  for (const [end, count] of calls) if (!met.has(end) && count === unmet) full.add(end);
  return full;
}
