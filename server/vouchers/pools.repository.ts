import { Injectable } from '@nestjs/common';
import type { ChangePool, PoolResult, PoolState, PoolsQuery, SavePool } from '#shared/api/vouchers.ts';
import { bind } from '../database/bind.ts';
import { pageSql } from '../database/page-sql.ts';
import { anywhere } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';

/** A pool as it is stored, with its stock. */
export interface PoolRow {
  key: string;
  name: string;
  description: string;
  state: PoolState;
  onePerPerson: boolean;
  expiresOn: string | null;
  createdAt: Date;
  total: number;
  available: number;
  reserved: number;
  sent: number;
  redeemed: number;
  perDay: number;
  runsOutOn: string | null;
}

/** Reads and writes pools of vouchers. */
@Injectable()
export class PoolsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async page(
    workspaceId: string,
    { search, state, ...place }: PoolsQuery,
    now: Date,
  ): Promise<{ rows: PoolRow[]; total: number }> {
    const values: unknown[] = [workspaceId];
    const where = ['p.workspace_id = $1'];
    if (state) where.push(`p.state = ${bind(values, state)}`);
    if (search) {
      const words = bind(values, anywhere(search));
      where.push(`(p.name ilike ${words} or p.key ilike ${words})`);
    }
    const wanted = `from voucher_pools p where ${where.join(' and ')}`;
    const [counted]: { total: number }[] = await this.manager.query(
      `select count(*)::int as total ${wanted}`,
      values,
    );
    const page = `select p.* ${wanted} order by p.created_at desc, p.key ${pageSql(place, values)}`;
    const rows: PoolRow[] = await this.manager.query(pools(page, bind(values, now)), values);
    return { rows, total: counted?.total ?? 0 };
  }

  async has(workspaceId: string, key: string): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      'select 1 from voucher_pools where workspace_id = $1 and key = $2',
      [workspaceId, key],
    );
    return rows.length === 1;
  }

  async find(workspaceId: string, key: string, now: Date): Promise<PoolRow | null> {
    const one = 'select p.* from voucher_pools p where p.workspace_id = $1 and p.key = $2';
    const [row]: PoolRow[] = await this.manager.query(pools(one, '$3'), [workspaceId, key, now]);
    return row ?? null;
  }

  /** What came of what was given, by version and arm. */
  async results(workspaceId: string, key: string): Promise<PoolResult[]> {
    const rows: (Omit<PoolResult, 'flow' | 'arm'> & {
      flowId: string;
      name: string;
      experiment: string | null;
      arm: string | null;
    })[] = await this.manager.query(
      `select f.id as "flowId", f.name, v.number as version, a.experiment, a.arm,
         sum(g.given)::int as given, sum(g.redeemed)::int as redeemed
       from (
         select version_id, arms, sum(${GIVEN}) as given, sum(redeemed) as redeemed
         from voucher_stock where workspace_id = $1 and pool = $2 and version_id is not null
         group by version_id, arms having sum(${GIVEN}) > 0) g
       join flow_versions v on v.id = g.version_id join flows f on f.id = v.flow_id
       left join lateral jsonb_each_text(g.arms) a(experiment, arm) on true
       group by f.id, f.name, v.number, a.experiment, a.arm
       order by f.name, f.id, v.number desc, a.experiment nulls first, a.arm`,
      [workspaceId, key],
    );
    return rows.map(({ flowId, name, version, experiment, arm, given, redeemed }) => ({
      flow: { id: flowId, name },
      version,
      arm: experiment === null || arm === null ? null : { experiment, arm },
      given,
      redeemed,
    }));
  }

  /** Holds whoever else would add codes to the pool, or remove it, until the transaction ends. False where there is no such pool. */
  async lock(workspaceId: string, key: string): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      'select 1 from voucher_pools where workspace_id = $1 and key = $2 for update',
      [workspaceId, key],
    );
    return rows.length === 1;
  }

  async add(workspaceId: string, pool: SavePool, now: Date): Promise<void> {
    await this.manager.query(
      `insert into voucher_pools (workspace_id, key, name, description, one_per_person, expires_on, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [workspaceId, pool.key, pool.name, pool.description, pool.onePerPerson, pool.expiresOn, now],
    );
  }

  /** Sets what is given, and leaves the rest. False where there is no such pool. */
  async change(workspaceId: string, key: string, change: ChangePool): Promise<boolean> {
    const values: unknown[] = [workspaceId, key];
    const sets = Object.entries(COLUMNS).flatMap(([field, column]) => {
      const value: unknown = Reflect.get(change, field);
      return value === undefined ? [] : [`${column} = ${bind(values, value)}`];
    });
    const [, changed]: [unknown, number] = await this.manager.query(
      `update voucher_pools set ${['key = key', ...sets].join(', ')} where workspace_id = $1 and key = $2`,
      values,
    );
    return changed === 1;
  }

  /** Whether a code of the pool was ever given to somebody who may have seen it, or is being given. */
  async isUsed(workspaceId: string, key: string): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      `select 1 from voucher_codes where workspace_id = $1 and pool = $2 and state in ('reserved', 'sent', 'redeemed') limit 1`,
      [workspaceId, key],
    );
    return rows.length > 0;
  }

  async remove(workspaceId: string, key: string): Promise<void> {
    const mine = [workspaceId, key];
    await this.manager.query('delete from voucher_codes where workspace_id = $1 and pool = $2', mine);
    await this.manager.query('delete from voucher_pools where workspace_id = $1 and key = $2', mine);
  }
}

/** So many days are looked back to say how fast a pool empties; what lasts longer than ten years lasts for ever. */
const LOOK_BACK = `interval '7 days'`;
const FOR_EVER_DAYS = 3_650;

/** Codes of a row of voucher_stock that somebody has, or is about to get. */
const GIVEN = '(reserved + sent + redeemed)';

/** When the first code was given of those that are looked back at, from when on whole hours are, and how many before. */
const begin = (now: string): string => `
  select f.first, h.whole, (
    select count(*) from voucher_codes c where c.workspace_id = p.workspace_id and c.pool = p.key
      and c.reserved_at > f.since and c.reserved_at < h.whole) as begun
  from (
    select s.since, (
      select min(c.reserved_at) from voucher_codes c
      where c.workspace_id = p.workspace_id and c.pool = p.key and c.reserved_at > s.since) as first
    from (select ${now}::timestamptz - ${LOOK_BACK} as since) s) f,
  lateral (select date_bin('1 hour', f.since, timestamptz 'epoch') + interval '1 hour' as whole) h`;

/** PoolRow of `rows`, which are of voucher_pools, in their order; `now` is a place holder. */
const pools = (rows: string, now: string): string => `
  select p.key, p.name, p.description, p.state, p.one_per_person as "onePerPerson", to_char(p.expires_on, 'YYYY-MM-DD') as "expiresOn",
    p.created_at as "createdAt", s.*, round(g.per_day::numeric, 2)::float8 as "perDay",
    case when p.state = 'open' and s.available > 0 and s.available < g.per_day * ${FOR_EVER_DAYS} then
      to_char((${now}::timestamptz at time zone w.time_zone)::date + ceil(s.available / g.per_day)::int, 'YYYY-MM-DD') end as "runsOutOn"
  from (select p.*, row_number() over () as place from (${rows}) p) p
  join workspaces w on w.id = p.workspace_id
  cross join lateral (
    select coalesce(sum(t.available + ${GIVEN}), 0)::int as total,
      coalesce(sum(t.available), 0)::int as available, coalesce(sum(t.reserved), 0)::int as reserved,
      coalesce(sum(t.sent), 0)::int as sent, coalesce(sum(t.redeemed), 0)::int as redeemed
    from voucher_stock t where t.workspace_id = p.workspace_id and t.pool = p.key) s
  cross join lateral (
    select (b.begun + coalesce(sum(${GIVEN}) filter (where t.given_in >= b.whole), 0))
      / greatest(1.0, extract(epoch from ${now}::timestamptz - b.first) / 86400) as per_day
    from (${begin(now)}) b
    left join voucher_stock t on t.workspace_id = p.workspace_id and t.pool = p.key
    group by b.begun, b.first) g
  order by p.place`;

const COLUMNS: Readonly<Record<keyof ChangePool, string>> = {
  name: 'name',
  description: 'description',
  onePerPerson: 'one_per_person',
  expiresOn: 'expires_on',
  state: 'state',
};
