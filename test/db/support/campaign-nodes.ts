import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { CampaignClock } from '#server/campaigns/campaign-clock.ts';
import { newId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { OrdersRepository } from '#server/orders/orders.repository.ts';
import { FlowCache } from '#server/runtime/flow-cache.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { lineFlow, saying } from '../../support/line-flow.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { createWorkspace, type TestWorkspace } from '../../support/workspace.ts';
import { type HotPath, openHotPath, phoneOf } from './hot-path.ts';

/** Whom a campaign is for. */
export const PEOPLE = 160;
/** How one stands that has begun with each of them once. */
export const ALL = { status: 'done', people: PEOPLE, started: PEOPLE, runs: PEOPLE, texts: PEOPLE };

interface CampaignNode {
  path: HotPath;
  work: CampaignClock;
}

/** A workspace whose campaigns two nodes work on. All of it but the database is new for each test. */
export class CampaignsStage {
  database!: TestDatabase;
  clock!: ManualClock;
  workspace!: TestWorkspace;
  nodes: CampaignNode[] = [];

  get source(): DataSource {
    return this.database.source;
  }

  async begin(): Promise<void> {
    await this.closeNodes();
    this.clock = new ManualClock();
    this.workspace = await createWorkspace(this.source, { flows: [lineFlow('HELLO', saying('Hello'))] });
    this.nodes = [await this.openNode(), await this.openNode()];
  }

  async closeNodes(): Promise<void> {
    for (const { path, work } of this.nodes) {
      await work.onApplicationShutdown();
      await path.close();
    }
    this.nodes = [];
  }

  /** Another node of the same workspace: `hold` before it commits, `changed` whenever it tells the pages of a campaign. */
  async openNode(hold?: () => Promise<void>, changed: () => void = () => undefined): Promise<CampaignNode> {
    const path = await openHotPath(this.database.url, this.workspace, this.clock, hold);
    const log = createLog('silent');
    const flows = new FlowCache(this.source, log);
    const orders = new OrdersRepository(this.source);
    const live = { changed } as never;
    return { path, work: new CampaignClock(this.source, this.clock, log, path.inbound, flows, orders, live) };
  }

  query(text: string, values: unknown[] = []) {
    return this.source.query(text, values);
  }

  /** One that is to begin now. Returns its id. */
  async scheduled(people = PEOPLE): Promise<string> {
    const id = newId(this.clock.now());
    const { id: workspaceId, senderId } = this.workspace;
    await this.query(
      `insert into contacts (workspace_id, id, phone, tags, created_at)
       select $1, gen_random_uuid(), phone, '{all}', $3 from unnest($2::text[]) phone`,
      [workspaceId, Array.from({ length: people }, (_, n) => phoneOf(n)), new Date(this.clock.now())],
    );
    await this.query(
      `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
         status, starts_at, next_at, leased_until, created_at)
       select $1, $2, $2, 'All', f.id, f.version_id, $3, '{"kind":"tag","tag":"all"}', 60000, '{"kind":"now"}', 'scheduled', $4, $4, $4, $4
       from flows f where f.workspace_id = $1`,
      [workspaceId, id, senderId, new Date(this.clock.now())],
    );
    return id;
  }

  /** The same once more. */
  async again(id: string): Promise<string> {
    const copy = newId(this.clock.now());
    await this.query(
      `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, per_minute, schedule,
         status, starts_at, next_at, leased_until, created_at)
       select workspace_id, $2, $2, name, flow_id, version_id, sender_id, audience, per_minute, schedule, status,
         starts_at, next_at, leased_until, created_at from campaigns where id = $1`,
      [id, copy],
    );
    return copy;
  }

  /** How it stands: the people it is for, and with how many it has begun. */
  async standing(id: string) {
    const [row] = await this.query(
      `select c.status, c.people, (select count(*)::int from orders o where o.campaign_id = c.id and o.outcome = 'started') as started,
         (select count(*)::int from runs r where r.workspace_id = c.workspace_id) as runs,
         (select count(*)::int from outbound m where m.workspace_id = c.workspace_id) as texts
       from campaigns c where c.id = $1`,
      [id],
    );
    return row;
  }

  /** Nobody gets on with writing people down; what it returns lets them go on. */
  async holdOrders(): Promise<() => Promise<void>> {
    const holder = this.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('lock table orders in share mode');
    return async () => {
      await holder.rollbackTransaction();
      await holder.release();
    };
  }

  /** Takes steps, a second apart, until it is done or has had its chance; returns how it stands. */
  async untilDone(id: string, step: () => Promise<unknown>) {
    for (let n = 0; n < 60 && (await this.standing(id)).status !== 'done'; n++) {
      await step();
      this.clock.advance(1_000);
    }
    return this.standing(id);
  }
}

/** A stage for each test of a file. */
export function stageCampaigns(): CampaignsStage {
  const stage = new CampaignsStage();
  beforeAll(async () => {
    stage.database = await createTestDatabase();
  });
  beforeEach(() => stage.begin());
  afterAll(async () => {
    await stage.closeNodes();
    await stage.database?.close();
  });
  return stage;
}
