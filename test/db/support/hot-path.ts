import type { DataSource } from 'typeorm';
import type { Accepted } from '#shared/api/inbound.ts';
import { parsePhone } from '#shared/sms/phone.ts';
import type { Clock } from '#server/common/clock.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { BatchDecider, type Draft } from '#server/inbound/batch.ts';
import { BacklogService } from '#server/inbound/backlog.service.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { InboundService } from '#server/inbound/inbound.service.ts';
import { LongTexts } from '#server/inbound/long-texts.service.ts';
import type { TextWork } from '#server/inbound/work.ts';
import { Deliveries } from '#server/outbound/deliveries/deliveries.service.ts';
import { OutboxService } from '#server/outbound/outbox.service.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { Handover } from '#server/runtime/handover.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { SENDER } from '../../support/phone-stage.ts';
import type { TestWorkspace } from '../../support/workspace.ts';

/** The path of every text in one app, wired by hand: no web server and no timers, so that things happen when a test says so. */
export interface HotPath {
  readonly inbound: InboundService;
  readonly outbox: OutboxService;
  readonly deliveries: Deliveries;
  readonly wakes: WakeClock;
  readonly backlog: BacklogService;
  readonly longTexts: LongTexts;
  /** Somebody texts; resolves to the answer, rejects where the gateway would get an error. */
  says(from: string, text: string, more?: Partial<TextWork>): Promise<Accepted>;
  close(): Promise<void>;
}

/** Opens a hot path on a database; several on one database are several nodes of a cluster. */
export async function openHotPath(
  url: string,
  workspace: TestWorkspace,
  clock: Clock,
  /** Waited for before each batch is decided. Without it there is always time to decide, however slow the machine is. */
  hold: (() => Promise<void>) | null = null,
  /** Whether commits set off sending, as on a node that serves; otherwise nothing goes until a test says so. */
  sends = false,
): Promise<HotPath> {
  const source: DataSource = await createDataSource({ url, pool: 8 }).initialize();
  const log = createLog('silent');
  const flows = new FlowCache(source, log);
  const watch = new BatchWatch();
  const handover = new Handover();
  const decider = new HeldDecider(new WorldCache(source, flows), flows, clock, log, handover);
  decider.hold = hold;
  const inbound = new InboundService(source, decider, watch, log);
  const deliveries = new Deliveries(source, clock, log, inbound);
  const [heard, taken] = sends ? [watch, handover] : [new BatchWatch(), new Handover()];
  const outbox = new OutboxService(source, clock, log, deliveries, heard, taken);
  const wakes = new WakeClock(source, clock, inbound, log);
  const backlog = new BacklogService(source, clock, log, inbound, new BatchWatch());
  const longTexts = new LongTexts(source, clock, log, backlog);
  return {
    inbound,
    outbox,
    deliveries,
    wakes,
    backlog,
    longTexts,
    says: (from, text, more = {}) =>
      new Promise((resolve, reject) => {
        const phone = parsePhone(from);
        inbound.accept({
          kind: 'text',
          id: newId(clock.now()),
          workspaceId: workspace.id,
          gatewayId: workspace.gatewayId,
          phone: phone?.e164 ?? from,
          reachable: phone !== null,
          from,
          to: SENDER.address,
          text,
          gatewayMessageId: null,
          extra: null,
          at: clock.now(),
          done: (result) => ('stored' in result ? resolve(result.stored) : reject(result.error)),
          ...more,
        });
      }),
    close: async () => {
      await wakes.onApplicationShutdown();
      await longTexts.onApplicationShutdown();
      await backlog.onApplicationShutdown();
      await deliveries.onApplicationShutdown();
      await inbound.onApplicationShutdown();
      await outbox.onApplicationShutdown();
      await source.destroy();
    },
  };
}

class HeldDecider extends BatchDecider {
  hold: (() => Promise<void>) | null = null;

  override async draft(...[client, works, late]: Parameters<BatchDecider['draft']>): Promise<Draft> {
    if (!late) await this.hold?.();
    return super.draft(client, works, late && this.hold !== null);
  }
}

/** A number of the range kept for tests; `n` up to 9,999,999. */
export const phoneOf = (n: number): string => `+1202${String(5_000_000 + n).padStart(7, '0')}`;
