import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { ContactList } from '#shared/api/lists.ts';
import { Transactions } from '../../database/transactions.ts';
import { isOver } from '../../database/last-day.ts';
import { ContestEntity } from './contest.entity.ts';
import { ListEntity } from './list.entity.ts';

/** Reads and writes lists, and what else flows may name. */
@Injectable()
export class ListsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get lists(): Repository<ListEntity> {
    return this.transactions.repository(ListEntity);
  }

  /** Every list, with how many people are on it. */
  async countedIn(workspaceId: string): Promise<ContactList[]> {
    return await this.transactions.manager.query(
      `select l.key, l.name, l.opt_in as "optIn", l.countries, l.basis, l.lasts_days as "lastsDays",
         l.implied_days as "impliedDays", l.minimum_age as "minimumAge", l.asks_hours as "asksHours",
         count(*) filter (where c.state = 'confirmed')::int as confirmed,
         count(*) filter (where c.state = 'pending')::int as pending,
         count(*) filter (where c.state = 'revoked')::int as revoked
       from lists l left join consents c
         on c.workspace_id = l.workspace_id and c.scope = 'list:' || l.key and c.scope like 'list:%'
       where l.workspace_id = $1 group by l.workspace_id, l.key order by l.name, l.key`,
      [workspaceId],
    );
  }

  async keys(workspaceId: string): Promise<string[]> {
    return (await this.lists.findBy({ workspaceId })).map(({ key }) => key);
  }

  async contestKeys(workspaceId: string): Promise<string[]> {
    return (await this.transactions.repository(ContestEntity).findBy({ workspaceId })).map(({ key }) => key);
  }

  async add(list: ListEntity): Promise<void> {
    await this.lists.insert(list);
  }

  /** Adds lists and contests that are not there yet; what is there stays as it is. */
  async addMissing(lists: readonly ListEntity[], contests: readonly ContestEntity[]): Promise<void> {
    const { manager } = this.transactions;
    if (lists.length > 0) {
      await manager
        .createQueryBuilder()
        .insert()
        .into(ListEntity)
        .values([...lists])
        .orIgnore()
        .execute();
    }
    if (contests.length > 0) {
      await manager
        .createQueryBuilder()
        .insert()
        .into(ContestEntity)
        .values([...contests])
        .orIgnore()
        .execute();
    }
  }

  /** The same for pools of vouchers, which have no codes yet. */
  async addMissingPools(
    workspaceId: string,
    pools: readonly { key: string; name: string }[],
    createdAt: Date,
  ): Promise<void> {
    if (pools.length === 0) return;
    await this.transactions.manager.query(
      `insert into voucher_pools (workspace_id, key, name, created_at)
       select $1, p.key, p.name, $4 from unnest($2::text[], $3::text[]) p(key, name) on conflict do nothing`,
      [workspaceId, pools.map(({ key }) => key), pools.map(({ name }) => name), createdAt],
    );
  }

  /** Every pool of vouchers, and whether it gives codes at this moment. */
  async pools(workspaceId: string, now: Date): Promise<{ key: string; isOpen: boolean }[]> {
    return await this.transactions.manager.query(
      `select p.key, p.state = 'open' and not ${isOver('p', 'w', '$2')} as "isOpen"
       from voucher_pools p join workspaces w on w.id = p.workspace_id where p.workspace_id = $1`,
      [workspaceId, now],
    );
  }

  async change(
    workspaceId: string,
    key: string,
    change: Partial<Omit<ListEntity, 'workspaceId' | 'key' | 'createdAt'>>,
  ): Promise<boolean> {
    if (Object.keys(change).length === 0) return this.lists.existsBy({ workspaceId, key });
    const { affected } = await this.lists.update({ workspaceId, key }, change);
    return affected === 1;
  }
}
