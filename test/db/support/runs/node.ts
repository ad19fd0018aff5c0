import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { CallsService } from '#server/calls/calls.service.ts';
import { WebhookCalls } from '#server/calls/webhook-calls.ts';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { CampaignsRepository } from '#server/campaigns/campaigns.repository.ts';
import { Clock } from '#server/common/clock.ts';
import { createLog } from '#server/common/log.ts';
import type { OutsideAnswer } from '#server/common/outside/outside-http.ts';
import { ConsentOrders } from '#server/consent/consent-orders.ts';
import { ErasureRepository } from '#server/consent/erasure/erasure.repository.ts';
import { Erasure } from '#server/consent/erasure/erasure.service.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { Transactions } from '#server/database/transactions.ts';
import { BacklogService } from '#server/inbound/backlog.service.ts';
import { BatchDecider, type Draft } from '#server/inbound/batch.ts';
import { BatchWatch } from '#server/inbound/batch-watch.ts';
import { InboundService } from '#server/inbound/inbound.service.ts';
import { OrdersRepository } from '#server/orders/orders.repository.ts';
import { Orders } from '#server/orders/orders.service.ts';
import { RunMover } from '#server/run-moves/run-mover.ts';
import { RunMovesRepository } from '#server/run-moves/run-moves.repository.ts';
import { RunMoves } from '#server/run-moves/run-moves.service.ts';
import { StepNames } from '#server/runs/step-names.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { Handover } from '#server/runtime/handover.ts';
import { WorldCache } from '#server/runtime/world-cache.ts';
import { WakeClock } from '#server/wake-ups/wake-clock.ts';

/** What a request to the other system comes to. `id`: its idempotency key. */
export type Ask = (id: string) => Promise<OutsideAnswer>;

/** All of a server that moves runs, wired by hand: nobody looks for what is due until a test says so. */
export type RunsNode = Awaited<ReturnType<typeof openNode>>;

/** Opens a node on a database; what it has there is known by its name. */
export async function openNode(url: string, name: string, clock: Clock, ask: Ask) {
  const key = Buffer.alloc(32, 7).toString('hex');
  const source: DataSource = await createDataSource({
    url,
    pool: 12,
    applicationName: name,
    numberKey: key,
  }).initialize();
  const log = createLog('silent');
  const flows = new FlowCache(source, log);
  const worlds = new WorldCache(source, flows);
  const transactions = new Transactions(source);
  const decider = new CrowdedDecider(worlds, flows, clock, log, new Handover());
  const inbound = new InboundService(source, decider, new BatchWatch(), log);
  const live = { changed: () => undefined } as never;
  const http = {
    call: ({ headers }: { headers: Record<string, string> }) => ask(headers['idempotency-key'] ?? ''),
  };
  const webhooks = new WebhookCalls(http as never);
  const [emails, notices] = [{ kind: 'email' } as never, { kind: 'notice' } as never];
  const ordered = new OrdersRepository(source);
  const mover = new RunMover(source, flows, clock, log, live);
  const workers = {
    wakes: new WakeClock(source, clock, inbound, log),
    calls: new CallsService(source, clock, log, inbound, new BatchWatch(), webhooks, emails, notices),
    moves: mover,
    campaigns: new CampaignClock(source, clock, log, inbound, flows, ordered, live),
    backlog: new BacklogService(source, clock, log, inbound, new BatchWatch()),
  };
  const moves = new RunMovesRepository(transactions);
  return {
    name,
    clock,
    inbound,
    workers,
    decider,
    orders: new Orders(ordered, worlds, flows, {} as never, inbound, source, clock),
    moves: new RunMoves(moves, mover, flows, new StepNames(flows), source, clock),
    campaigns: new CampaignsRepository(transactions),
    erasure: new Erasure(new ErasureRepository(transactions), new ConsentOrders(inbound, clock), clock),
    close: async () => {
      for (const worker of Object.values(workers)) await worker.onApplicationShutdown();
      await inbound.onApplicationShutdown();
      await source.destroy();
    },
  };
}

/** Stores texts without deciding them while there are more than can be decided in time, and takes its time where it is slow. */
class CrowdedDecider extends BatchDecider {
  isCrowded = false;
  isSlow = false;

  override async draft(...[client, works, late]: Parameters<BatchDecider['draft']>): Promise<Draft> {
    if (this.isSlow) await sleep(20);
    return super.draft(client, works, late || this.isCrowded);
  }
}
