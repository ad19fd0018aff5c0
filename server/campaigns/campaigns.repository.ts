import { Injectable } from '@nestjs/common';
import type {
  Audience,
  CampaignsQuery,
  CampaignStatus,
  CampaignTrouble,
  Schedule,
} from '#shared/api/campaigns.ts';
import { bind } from '../database/bind.ts';
import { pageSql } from '../database/page-sql.ts';
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
  /** The version that is live by now. */
  newest: number;
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
  revision: string;
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

/** What of a draft can be changed, and what has to go with it. */
export type CampaignChange = Omit<NewCampaign, 'createdBy' | 'createdAt'> & {
  /** The draft it is a change of. */
  revision: string;
  /** The numbers of a file go. */
  isEmptied: boolean;
  /** One of a series becomes the first of its own. */
  isAnew: boolean;
};

/** The times that change with a campaign's status. `nextAt`: what was missed before is not caught up with. */
export interface CampaignTimes {
  startsAt?: Date;
  endedAt?: Date;
  nextAt?: Date;
}

/** Stands for all that can be changed of a draft: another value is another draft. */
const REVISION =
  'md5(row(k.name, k.version_id, k.sender_id, k.audience, k.schedule, k.per_minute, k.number)::text)';

const SELECT = `select k.id, k.name, k.status, k.flow_id, f.name as flow_name, k.version_id, v.number as version,
    coalesce(n.number, v.number) as newest, ${REVISION} as revision, k.sender_id,
    coalesce(s.address, 'a sender that was removed') as sender, k.audience, k.schedule, k.per_minute, k.number, k.people,
    (select count(*)::int from orders o where o.campaign_id = k.id and o.outcome is null) as waiting,
    k.starts_at, k.created_at, k.began_at, k.ended_at, p.name as created_by, k.trouble, k.next_at,
    k.number - 1 - coalesce((select max(b.number) from campaigns b
      where b.workspace_id = k.workspace_id and b.series_id = k.series_id and b.number < k.number), 0) as missed
  from campaigns k join flows f on f.id = k.flow_id join flow_versions v on v.id = k.version_id
    left join flow_versions n on n.id = f.version_id
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
      `${SELECT} where ${wanted} order by k.id desc ${pageSql(query, values)}`,
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

  /** Changes a draft; false where it is none any more, or another since. */
  update(change: CampaignChange): Promise<boolean> {
    const { workspaceId, id, name, flowId, versionId, senderId, audience, schedule, perMinute } = change;
    return this.transactions.run(async () => {
      const [, changed]: [unknown, number] = await this.manager.query(
        `update campaigns k set name = $4, flow_id = $5, version_id = $6, sender_id = $7, audience = $8, schedule = $9, per_minute = $10,
           people = case when $11 then 0 else people end,
           series_id = case when $12 then id else series_id end, number = case when $12 then 1 else number end
         where k.workspace_id = $1 and k.id = $2 and k.status = 'draft' and ${REVISION} = $3`,
        [
          ...[workspaceId, id, change.revision, name, flowId, versionId, senderId, audience, schedule],
          ...[perMinute, change.isEmptied, change.isAnew],
        ],
      );
      if (changed === 1 && change.isEmptied) await this.forgetPeople(workspaceId, id);
      return changed === 1;
    });
  }

  /** Those that wait until the workspace's clock shows their time, held until the transaction ends. */
  holdScheduled(workspaceId: string): Promise<Pick<CampaignRow, 'id' | 'schedule' | 'number'>[]> {
    return this.manager.query(
      `select id, schedule, number from campaigns
       where workspace_id = $1 and status = 'scheduled' and schedule ->> 'zone' = 'workspace' order by id for no key update`,
      [workspaceId],
    );
  }

  async reschedule(workspaceId: string, id: string, startsAt: Date): Promise<void> {
    await this.manager.query(
      'update campaigns set starts_at = $3, next_at = least(next_at, $3) where workspace_id = $1 and id = $2',
      [workspaceId, id, startsAt],
    );
  }

  /** Makes one that waits for its time a draft again; false where it does not wait any more. */
  async reopen(workspaceId: string, id: string): Promise<boolean> {
    const [, reopened]: [unknown, number] = await this.manager.query(
      `update campaigns set status = 'draft', starts_at = null, trouble = null, tries = 0
       where workspace_id = $1 and id = $2 and status = 'scheduled'`,
      [workspaceId, id],
    );
    return reopened === 1;
  }

  /** Moves a campaign on; false where it does not stand in one of these, or is another than `revision` stands for. */
  async move(
    workspaceId: string,
    id: string,
    from: readonly CampaignStatus[],
    to: CampaignStatus,
    times: CampaignTimes = {},
    revision: string | null = null,
  ): Promise<boolean> {
    const { startsAt = null, endedAt = null, nextAt = null } = times;
    const [, moved]: [unknown, number] = await this.manager.query(
      `update campaigns k set status = $4, starts_at = coalesce($5, starts_at), ended_at = coalesce($6, ended_at),
         next_at = coalesce($7, next_at), trouble = null, tries = 0
       where workspace_id = $1 and id = $2 and status = any($3) and ($8::text is null or ${REVISION} = $8)`,
      [workspaceId, id, [...from], to, startsAt, endedAt, nextAt, revision],
    );
    return moved === 1;
  }

  /** Pauses a campaign that is under way; waits for whoever begins with it. False where it is not. */
  pause(workspaceId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      await this.manager.query(
        'select from campaigns where workspace_id = $1 and id = $2 for no key update',
        [workspaceId, id],
      );
      return this.move(workspaceId, id, ['running'], 'paused');
    });
  }

  /** Cancels a campaign, and those of its series that are to come. False where it is over already, or a draft. Its people are to be left out. */
  cancel(workspaceId: string, id: string, at: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      if ((await this.end(workspaceId, [id], at)) === 0) return false;
      // One that begins at this very moment was still to come, so it ends too, and has scheduled the one after it.
      for (;;) {
        const next = await this.toCome(workspaceId, id);
        if (next.length === 0) return true;
        await this.end(workspaceId, next, at);
      }
    });
  }

  /** The campaigns of the same series that are scheduled after this one. */
  private async toCome(workspaceId: string, id: string): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      `select n.id from campaigns k
         join campaigns n on n.workspace_id = k.workspace_id and n.series_id = k.series_id and n.number > k.number
       where k.workspace_id = $1 and k.id = $2 and n.status = 'scheduled'`,
      [workspaceId, id],
    );
    return rows.map((row) => row.id);
  }

  /** Cancels those of these that are not over, or drafts; waits for whoever begins with one. Returns how many. */
  private async end(workspaceId: string, ids: readonly string[], at: Date): Promise<number> {
    const [, ended]: [unknown, number] = await this.manager.query(
      `update campaigns set status = 'cancelled', ended_at = $3, leaving_out = true, trouble = null, tries = 0
       where workspace_id = $1 and id = any($2::uuid[]) and status in ('scheduled', 'running', 'paused')`,
      [workspaceId, [...ids], at],
    );
    return ended;
  }

  /** Throws a draft away, with its people. False where it is none. */
  remove(workspaceId: string, id: string): Promise<boolean> {
    return this.transactions.run(async () => {
      const [, removed]: [unknown, number] = await this.manager.query(
        `delete from campaigns where workspace_id = $1 and id = $2 and status = 'draft'`,
        [workspaceId, id],
      );
      if (removed === 1) await this.forgetPeople(workspaceId, id);
      return removed === 1;
    });
  }

  private async forgetPeople(workspaceId: string, id: string): Promise<void> {
    await this.manager.query('delete from orders where workspace_id = $1 and campaign_id = $2', [
      workspaceId,
      id,
    ]);
  }
}
