import { Injectable } from '@nestjs/common';
import type {
  Audience,
  CampaignsQuery,
  CampaignStatus,
  CampaignTrouble,
  Schedule,
} from '#shared/api/campaigns.ts';
import { bind } from '../database/bind.ts';
import { anywhere } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';

/** A campaign with the names of what belongs to it. */
export interface CampaignRow {
  id: string;
  name: string;
  status: CampaignStatus;
  flow_id: string;
  flow_name: string;
  version_id: string;
  version: number;
  sender_id: string;
  sender: string;
  audience: Audience;
  schedule: Schedule;
  per_minute: number;
  number: number;
  people: number;
  waiting: number;
  starts_at: Date | null;
  created_at: Date;
  began_at: Date | null;
  ended_at: Date | null;
  created_by: string | null;
  trouble: CampaignTrouble | null;
  next_at: Date;
  /** How many of a series before it were left out, because nobody was there to begin them. */
  missed: number;
}

export interface NewCampaign {
  workspaceId: string;
  id: string;
  name: string;
  flowId: string;
  versionId: string;
  senderId: string;
  audience: Audience;
  schedule: Schedule;
  perMinute: number;
  createdBy: string;
  createdAt: Date;
}

/** The times that change with a campaign's status. `nextAt`: what was missed before is not caught up with. */
export interface CampaignTimes {
  startsAt?: Date;
  endedAt?: Date;
  nextAt?: Date;
}

const SELECT = `select k.id, k.name, k.status, k.flow_id, f.name as flow_name, k.version_id, v.number as version, k.sender_id,
    coalesce(s.address, 'a sender that was removed') as sender, k.audience, k.schedule, k.per_minute, k.number, k.people,
    (select count(*)::int from orders o where o.campaign_id = k.id and o.outcome is null) as waiting,
    k.starts_at, k.created_at, k.began_at, k.ended_at, p.name as created_by, k.trouble, k.next_at,
    k.number - 1 - coalesce((select max(b.number) from campaigns b
      where b.workspace_id = k.workspace_id and b.series_id = k.series_id and b.number < k.number), 0) as missed
  from campaigns k join flows f on f.id = k.flow_id join flow_versions v on v.id = k.version_id
    left join senders s on s.id = k.sender_id left join people p on p.id = k.created_by`;

/** Reads and writes campaigns. */
@Injectable()
export class CampaignsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async page(workspaceId: string, query: CampaignsQuery): Promise<{ rows: CampaignRow[]; total: number }> {
    const values: unknown[] = [workspaceId];
    const where = ['k.workspace_id = $1'];
    if (query.status) where.push(`k.status = ${bind(values, query.status)}`);
    if (query.search) {
      const words = bind(values, anywhere(query.search));
      where.push(`(k.name ilike ${words} or f.name ilike ${words})`);
    }
    const wanted = where.join(' and ');
    const [counted]: { total: number }[] = await this.manager.query(
      `select count(*)::int as total from campaigns k join flows f on f.id = k.flow_id where ${wanted}`,
      values,
    );
    const rows: CampaignRow[] = await this.manager.query(
      `${SELECT} where ${wanted} order by k.id desc limit ${bind(values, query.size)}
       offset ${bind(values, (query.page - 1) * query.size)}`,
      values,
    );
    return { rows, total: counted?.total ?? 0 };
  }

  async find(workspaceId: string, id: string): Promise<CampaignRow | null> {
    const [row]: CampaignRow[] = await this.manager.query(
      `${SELECT} where k.workspace_id = $1 and k.id = $2`,
      [workspaceId, id],
    );
    return row ?? null;
  }

  async add(campaign: NewCampaign): Promise<void> {
    const { workspaceId, id, name, flowId, versionId, senderId, perMinute, createdBy, createdAt } = campaign;
    await this.manager.query(
      `insert into campaigns (workspace_id, id, series_id, name, flow_id, version_id, sender_id, audience, schedule, per_minute,
         status, next_at, leased_until, created_by, created_at)
       values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, $10, $11, $10)`,
      [
        workspaceId,
        id,
        name,
        flowId,
        versionId,
        senderId,
        campaign.audience,
        campaign.schedule,
        perMinute,
        createdAt,
        createdBy,
      ],
    );
  }

  /** Moves a campaign on; false where it does not stand in one of these. */
  async move(
    workspaceId: string,
    id: string,
    from: readonly CampaignStatus[],
    to: CampaignStatus,
    times: CampaignTimes = {},
  ): Promise<boolean> {
    const { startsAt = null, endedAt = null, nextAt = null } = times;
    const [, moved]: [unknown, number] = await this.manager.query(
      `update campaigns set status = $4, starts_at = coalesce($5, starts_at), ended_at = coalesce($6, ended_at),
         next_at = coalesce($7, next_at), trouble = null, tries = 0
       where workspace_id = $1 and id = $2 and status = any($3)`,
      [workspaceId, id, [...from], to, startsAt, endedAt, nextAt],
    );
    return moved === 1;
  }

  /** Cancels a campaign, and the next of its series where one is scheduled. False where it is over already, or a draft. Its people are to be left out. */
  cancel(workspaceId: string, id: string, at: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      const isCancelled = await this.move(workspaceId, id, ['scheduled', 'running', 'paused'], 'cancelled', {
        endedAt: at,
      });
      if (!isCancelled) return false;
      await this.manager.query(
        'update campaigns set leaving_out = true where workspace_id = $1 and id = $2',
        [workspaceId, id],
      );
      await this.manager.query(
        `update campaigns n set status = 'cancelled', ended_at = $3 from campaigns k
           where k.workspace_id = $1 and k.id = $2 and n.workspace_id = $1 and n.series_id = k.series_id
             and n.number > k.number and n.status = 'scheduled'`,
        [workspaceId, id, at],
      );
      return true;
    });
  }

  /** Throws a draft away, with its people. False where it is none. */
  remove(workspaceId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const [, removed]: [unknown, number] = await this.manager.query(
        `delete from campaigns where workspace_id = $1 and id = $2 and status = 'draft'`,
        [workspaceId, id],
      );
      if (removed === 1)
        await this.manager.query('delete from orders where workspace_id = $1 and campaign_id = $2', [
          workspaceId,
          id,
        ]);
      return removed === 1;
    });
  }
}
