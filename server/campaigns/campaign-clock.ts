import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, register } from 'prom-client';
import { DataSource } from 'typeorm';
import type { PublishedFlow } from '#flows/engine/world.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import { Rounds } from '../common/rounds.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { WorkResult } from '../inbound/work.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { OrdersRepository } from '../orders/orders.repository.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { beginDue } from './campaign-beginnings.ts';
import { type ClaimedCampaign, claimCampaign, type DueOrder, readDue, release } from './campaign-work.ts';

/** How often is looked when nobody nudges, in milliseconds. */
const EVERY_MS = 500;
const MINUTE = 60_000;
/** People begun with at once; they share their transactions with the texts that come in meanwhile. */
const AT_ONCE = 250;
/** With more work than this waiting, people who text come first. */
const BUSY = 2_000;
/** How long a campaign rests that has nobody due, or met an overload, in milliseconds. */
const REST_MS = 2_000;
/** What a campaign was kept from is caught up with for so long. */
const CATCH_UP_MS = 2_000;

const started = new Counter({
  name: 'textloom_campaign_orders_total',
  help: 'People whose turn in a campaign was decided.',
  registers: [register],
});

/**
 * Works on campaigns: begins those whose time has come, and orders the flow's start of one person after the other at their pace.
 * All that it needs to go on stands in the database, so any node may take over at any time; an order is decided once whoever queues it.
 */
@Injectable()
export class CampaignClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly inbound: InboundService,
    private readonly flows: FlowCache,
    private readonly orders: OrdersRepository,
    private readonly live: LiveFeed,
  ) {
    const round = () => this.work();
    this.rounds = new Rounds({
      everyMs: EVERY_MS,
      round,
      log,
      complaint: 'Campaigns could not be worked on.',
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.rounds.stop();
  }

  /** Something may be due. */
  nudge(): void {
    this.rounds.nudge();
  }

  /** Does all that is due now, and resolves when it is decided. */
  workDue(): Promise<void> {
    return this.rounds.once();
  }

  private async work(): Promise<void> {
    while (!this.rounds.isClosing && (await this.begin()));
    while (!this.rounds.isClosing && this.inbound.waiting < BUSY && (await this.workOnce()));
  }

  private async begin(): Promise<boolean> {
    const begun = await clientTransaction(this.database, (client) => beginDue(client, this.clock.now()));
    if (begun) this.live.changed(begun.workspaceId, 'campaigns');
    return begun !== null;
  }

  /** One helping of one campaign. False where none may go on now. */
  private async workOnce(): Promise<boolean> {
    const campaign = await clientTransaction(this.database, (client) =>
      claimCampaign(client, this.clock.now()),
    );
    if (!campaign) return false;
    const flow = (await this.flows.load([campaign.version_id])).get(campaign.version_id);
    if (campaign.flow_status !== 'live' || !campaign.has_sender || !flow) {
      this.log.warn(
        { campaignId: campaign.id },
        'A campaign is paused: its flow is not live, or its sender is gone.',
      );
      await this.giveBack(campaign, { status: 'paused', nextAt: this.clock.now() });
      return true;
    }
    const size = Math.min(AT_ONCE, Math.ceil(campaign.per_minute / 60));
    const { due, isOver } = await clientTransaction(this.database, (client) =>
      readDue(client, campaign, this.clock.now(), size),
    );
    const isDone = await this.decide(campaign, flow, due);
    const now = this.clock.now();
    // A pace that was written by a clock since set back is none.
    const from = campaign.next_at > now ? now : Math.max(campaign.next_at, now - CATCH_UP_MS);
    const nextAt =
      due.length === 0 || !isDone ? now + REST_MS : from + (due.length * MINUTE) / campaign.per_minute;
    await this.giveBack(campaign, { status: isOver ? 'done' : 'running', nextAt });
    return true;
  }

  private async giveBack(
    campaign: ClaimedCampaign,
    { status, nextAt }: { status: 'running' | 'paused' | 'done'; nextAt: number },
  ): Promise<void> {
    const now = this.clock.now();
    await clientTransaction(this.database, (client) => release(client, campaign, { now, nextAt, status }));
    this.live.changed(campaign.workspace_id, 'campaigns');
  }

  /** Puts the starts behind what these people have waiting. False where some have to come again. */
  private async decide(
    campaign: ClaimedCampaign,
    flow: PublishedFlow,
    due: readonly DueOrder[],
  ): Promise<boolean> {
    const results = await Promise.all(due.map((order) => this.start(campaign, flow, order)));
    const failed = due.filter((_, index) => isFault(results[index]));
    if (failed.length > 0)
      await this.giveUp(
        campaign,
        failed.map(({ id }) => id),
      );
    started.inc(due.length);
    return !results.some((result) => result && 'error' in result && !isFault(result));
  }

  private start(campaign: ClaimedCampaign, flow: PublishedFlow, order: DueOrder): Promise<WorkResult> {
    const at = this.clock.now();
    return new Promise((resolve) =>
      this.inbound.accept({
        kind: 'run',
        workspaceId: campaign.workspace_id,
        phone: order.phone,
        senderId: campaign.sender_id,
        at,
        happening: { kind: 'start', flow, id: order.id, fields: order.fields, at },
        orderId: order.id,
        done: resolve,
      }),
    );
  }

  /** What could not be decided is not tried for ever; what was decided meanwhile stays as it is. */
  private giveUp({ workspace_id: workspaceId }: ClaimedCampaign, ids: readonly string[]): Promise<void> {
    return this.orders.fail(workspaceId, ids, 'It could not be decided.', new Date(this.clock.now()));
  }
}

/** What would fail again and again. An overload passes, and so does a database that is away. */
const isFault = (result: WorkResult | undefined): boolean =>
  result !== undefined && 'error' in result && !passes(result.error);

const passes = (error: Error): boolean => error instanceof Problem && error.status === 503;
