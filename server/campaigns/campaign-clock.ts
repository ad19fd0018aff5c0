import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Counter, register } from 'prom-client';
import { DataSource } from 'typeorm';
import type { PublishedFlow } from '#flows/engine/world.ts';
import type { CampaignTrouble } from '#shared/api/campaigns.ts';
import { Clock } from '../common/clock.ts';
import { Log } from '../common/log.ts';
import { Problem } from '../common/problem.ts';
import { RoundsWorker } from '../common/rounds-worker.ts';
import { clientTransaction } from '../database/client-transaction.ts';
import { classify } from '../database/lane-connection.ts';
import { unlessAgain } from '../database/unless-again.ts';
import { BEHIND_TEXTS, InboundService } from '../inbound/inbound.service.ts';
import type { WorkResult } from '../inbound/work.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { OrdersRepository } from '../orders/orders.repository.ts';
import { FlowCache } from '../runtime/flow-cache.ts';
import { begin, type DueCampaign, holdDue, holdUnsettled, settleSome } from './campaign-beginnings.ts';
import {
  type CampaignKey,
  type ClaimedCampaign,
  claimCampaign,
  type DueOrder,
  letOthersPass,
  putOff,
  readDue,
  type Release,
  release,
} from './campaign-work.ts';
import { holdCancelled, leaveOut } from './leave-out.ts';

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
/** How long those are waited for who are being decided while their campaign is cancelled, in milliseconds. */
const BEING_DECIDED_MS = 20;

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
export class CampaignClock extends RoundsWorker {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly inbound: InboundService,
    private readonly flows: FlowCache,
    private readonly orders: OrdersRepository,
    private readonly live: LiveFeed,
  ) {
    super({ everyMs: EVERY_MS, log, complaint: 'Campaigns could not be worked on.' });
  }

  /** Leaves out everybody who waits in a cancelled campaign. */
  async leaveOutAll(key: CampaignKey): Promise<void> {
    for (;;) {
      const { left, isOver } = await this.transaction((client) => leaveOut(client, key, this.clock.now()));
      if (isOver) return;
      if (left === 0) await sleep(BEING_DECIDED_MS);
    }
  }

  protected async round(): Promise<void> {
    // Those under way may keep this up for as long as they last: whose time comes meanwhile begins in between.
    for (let goesOn = true; goesOn && !this.isClosing; ) {
      while (!this.isClosing && (await this.finishCancelled()));
      while (!this.isClosing && (await this.begin()));
      const settles = await this.settle();
      goesOn = (this.inbound.waiting < BUSY && (await this.workOnce())) || settles;
    }
  }

  private transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return unlessAgain(() => clientTransaction(this.database, work));
  }

  /** Whoever cancelled a campaign may have died before everybody was left out. */
  private async finishCancelled(): Promise<boolean> {
    const { left, isOver } = await this.transaction(async (client) => {
      const key = await holdCancelled(client);
      return key ? leaveOut(client, key, this.clock.now()) : { left: 0, isOver: false };
    });
    return left > 0 || isOver;
  }

  /** Begins one campaign whose time has come. False where none has. */
  private begin(): Promise<boolean> {
    return this.forOne(holdDue, begin);
  }

  /** Writes some more people of one campaign down. False where none has any left. */
  private settle(): Promise<boolean> {
    return this.forOne(holdUnsettled, settleSome);
  }

  private async forOne(hold: typeof holdDue, work: typeof begin): Promise<boolean> {
    let campaign: DueCampaign | null = null;
    try {
      await this.transaction(async (client) => {
        campaign = await hold(client, this.clock.now());
        if (campaign) await work(client, campaign, this.clock.now());
      });
    } catch (error) {
      await this.putOff(campaign, error);
    }
    return this.told(campaign);
  }

  /** One helping of one campaign. False where none may go on now. */
  private async workOnce(): Promise<boolean> {
    const campaign = await this.transaction((client) => claimCampaign(client, this.clock.now()));
    if (!campaign) return false;
    try {
      await this.help(campaign);
    } catch (error) {
      await this.putOff(campaign, error);
    }
    return this.told(campaign);
  }

  private async help(campaign: ClaimedCampaign): Promise<void> {
    const trouble = troubleOf(campaign);
    if (trouble !== null) {
      this.log.warn({ campaignId: campaign.id, trouble }, 'A campaign is paused.');
      return this.giveBack(campaign, { status: 'paused', nextAt: this.clock.now(), trouble });
    }
    const flow = (await this.flows.load([campaign.version_id])).get(campaign.version_id);
    if (!flow) throw new Error('The version of its flow cannot be read.');
    const size = Math.min(AT_ONCE, Math.ceil(campaign.per_minute / 60));
    const { due, isOver } = await this.transaction((client) =>
      readDue(client, campaign, this.clock.now(), size),
    );
    const isDone = await this.decide(campaign, flow, due);
    const now = this.clock.now();
    // A pace that was written by a clock since set back is none.
    const from = campaign.next_at > now ? now : Math.max(campaign.next_at, now - CATCH_UP_MS);
    const nextAt =
      due.length === 0 || !isDone ? now + REST_MS : from + (due.length * MINUTE) / campaign.per_minute;
    await this.giveBack(campaign, { status: isOver ? 'done' : 'running', nextAt, trouble: null });
  }

  private async giveBack(campaign: ClaimedCampaign, how: Omit<Release, 'now'>): Promise<void> {
    await this.transaction((client) => release(client, campaign, { ...how, now: this.clock.now() }));
  }

  /** One that fails is tried again later and keeps no other from its turn. A database that is away is nobody's fault. */
  private async putOff(campaign: CampaignKey | null, error: unknown): Promise<void> {
    if (!campaign || classify(error) !== 'data') throw error;
    this.log.error(
      { err: error, campaignId: campaign.id },
      'A campaign could not go on and is tried again later.',
    );
    await this.transaction((client) => putOff(client, campaign, this.clock.now()));
  }

  private told(campaign: CampaignKey | null): boolean {
    if (campaign) this.live.changed(campaign.workspace_id, 'campaigns');
    return campaign !== null;
  }

  /** Puts the starts behind what these people have waiting. False where the campaign has to rest before it goes on. */
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
    const behind = due.filter((_, index) => isBehind(results[index])).map(({ id }) => id);
    if (behind.length > 0)
      await this.transaction((client) => letOthersPass(client, campaign, behind, this.clock.now()));
    started.inc(due.length - behind.length);
    const isOverloaded = results.some((result) => 'error' in result && !isFault(result) && !isBehind(result));
    return !isOverloaded && behind.length < due.length;
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

/** Why a campaign cannot go on until somebody does something about it. */
function troubleOf({ flow_status: status, has_sender: hasSender }: ClaimedCampaign): CampaignTrouble | null {
  if (!hasSender) return 'sender-removed';
  return status === 'live' ? null : 'flow-not-live';
}

/** What would fail again and again. An overload passes, and so does a database that is away. */
const isFault = (result: WorkResult | undefined): boolean =>
  result !== undefined && 'error' in result && !passes(result.error);

/** Texts of the person wait to be decided first: that may take long, and is nobody else's concern. */
const isBehind = (result: WorkResult | undefined): boolean =>
  result !== undefined &&
  'error' in result &&
  result.error instanceof Problem &&
  result.error.code === BEHIND_TEXTS;

const passes = (error: Error): boolean => error instanceof Problem && error.status === 503;
