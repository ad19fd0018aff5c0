import { Injectable } from '@nestjs/common';
import type { Campaign, CampaignPeopleQuery } from '#shared/api/campaigns.ts';
import type { OrderOutcome } from '#shared/api/orders.ts';
import { idTime, lowestId } from '../common/ids.ts';
import { bind } from '../database/bind.ts';
import { inGoodTime, type TooWide } from '../database/in-good-time.ts';
import { pageSql } from '../database/page-sql.ts';
import { anywhere, phoneDigits } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';

const DAY_MS = 86_400_000;

const TOO_WIDE: TooWide = {
  code: 'campaign.search-too-wide',
  message: 'There are too many people to find these in time. Look for the person among the contacts.',
};

/** Somebody a campaign is for, and what came of it. */
export interface CampaignPersonRow {
  phone: string;
  outcome: OrderOutcome | null;
  reason: string | null;
  contact_id: string | null;
  run_id: string | null;
  decided_at: Date | null;
}

/** The people campaigns are for, and what came of them. */
@Injectable()
export class CampaignPeopleRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  /** Adds people of a file to a draft; those it has already are left as they are. Returns how many are new, null where it is no draft any more. */
  add(
    workspaceId: string,
    id: string,
    people: readonly { id: string; phone: string; fields: object }[],
    at: Date,
  ): Promise<number | null> {
    return this.transactions.run(async () => {
      const drafts: unknown[] = await this.manager.query(
        `select 1 from campaigns where workspace_id = $1 and id = $2 and status = 'draft' for update`,
        [workspaceId, id],
      );
      return drafts.length === 0 ? null : this.insert(workspaceId, id, people, at);
    });
  }

  /** How many came to what, the most first. */
  outcomes(id: string): Promise<Campaign['outcomes']> {
    return this.manager.query(
      `select outcome, case when outcome = 'held-back' then reason end as reason, count(*)::int as people
       from orders where campaign_id = $1 and outcome is not null group by 1, 2 order by 3 desc, 1, 2`,
      [id],
    );
  }

  /** How the conversations stand that a campaign began. */
  runs(workspaceId: string, id: string): Promise<Campaign['runs']> {
    return this.manager.query(
      `select coalesce(r.outcome, r.status) as state, count(*)::int as people
       from orders o join runs r on r.workspace_id = o.workspace_id and r.id = o.id
       where o.workspace_id = $1 and o.campaign_id = $2 and o.outcome in ('started', 'held-back') group by 1 order by 2 desc, 1`,
      [workspaceId, id],
    );
  }

  /** The texts of those conversations so far. */
  async sent(workspaceId: string, id: string): Promise<{ texts: number; segments: number }> {
    const [row]: { texts: number; segments: number }[] = await this.manager.query(
      `select count(m.id)::int as texts, coalesce(sum(m.segments), 0)::int as segments
       from orders o join outbound m on m.workspace_id = o.workspace_id and m.contact_id = o.contact_id and m.run_id = o.id
       where o.workspace_id = $1 and o.campaign_id = $2 and o.outcome = 'started' and m.id > $3`,
      // Months before the campaign need not be looked into for everybody.
      [workspaceId, id, lowestId(idTime(id) - DAY_MS)],
    );
    return row ?? { texts: 0, segments: 0 };
  }

  async page(
    workspaceId: string,
    id: string,
    { search, outcome, ...place }: CampaignPeopleQuery,
  ): Promise<{ rows: CampaignPersonRow[]; total: number }> {
    const values: unknown[] = [workspaceId, id];
    const where = ['workspace_id = $1 and campaign_id = $2'];
    if (outcome) where.push(`outcome = ${bind(values, outcome)}`);
    if (search) where.push(`phone like ${bind(values, anywhere(phoneDigits(search) ?? search))}`);
    const wanted = where.join(' and ');
    const tooWide = search || outcome ? TOO_WIDE : null;
    const [counted] = await inGoodTime<{ total: number }>(
      this.transactions,
      `select count(*)::int as total from orders where ${wanted}`,
      values,
      tooWide,
    );
    const rows = await inGoodTime<CampaignPersonRow>(
      this.transactions,
      `select phone, outcome, reason, contact_id, run_id, decided_at from orders where ${wanted}
       order by phone ${pageSql(place, values)}`,
      values,
      tooWide,
    );
    return { rows, total: counted?.total ?? 0 };
  }

  /** Those by number after `phone`. */
  after(workspaceId: string, id: string, phone: string, size: number): Promise<CampaignPersonRow[]> {
    return this.manager.query(
      `select phone, outcome, reason, contact_id, run_id, decided_at from orders
       where workspace_id = $1 and campaign_id = $2 and phone > $3 order by phone limit $4`,
      [workspaceId, id, phone, size],
    );
  }

  private async insert(
    workspaceId: string,
    id: string,
    people: readonly { id: string; phone: string; fields: object }[],
    at: Date,
  ): Promise<number> {
    const rows: unknown[] = await this.manager.query(
      `insert into orders (workspace_id, id, campaign_id, phone, fields, due_at)
       select $1, n.id, $2, n.phone, n.fields, $6 from unnest($3::uuid[], $4::text[], $5::jsonb[]) n(id, phone, fields)
       on conflict (campaign_id, phone) where campaign_id is not null do nothing returning id`,
      [
        workspaceId,
        id,
        people.map((one) => one.id),
        people.map((one) => one.phone),
        people.map((one) => JSON.stringify(one.fields)),
        at,
      ],
    );
    await this.manager.query(
      'update campaigns set people = people + $3 where workspace_id = $1 and id = $2',
      [workspaceId, id, rows.length],
    );
    return rows.length;
  }
}
