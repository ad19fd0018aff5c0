import { Injectable } from '@nestjs/common';
import type { ChangeContest, ContestStatus, ContestsQuery, SaveContest } from '#shared/api/contests.ts';
import { bind } from '../database/bind.ts';
import { pageSql } from '../database/page-sql.ts';
import { anywhere } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';

/** A contest as the list shows it. */
export interface ContestLine {
  key: string;
  name: string;
  status: ContestStatus;
  closesAt: Date | null;
  createdAt: Date;
  entries: number;
  winners: number;
}

/** A contest with its terms and the seed that its next draw is made from. */
export interface ContestRow extends ContestLine {
  prize: string;
  rulesUrl: string;
  minimumAge: number | null;
  countries: string[];
  excludedTags: string[];
  publicSource: string;
  claimDays: number | null;
  seed: string;
  sealedAt: Date;
  freeEntries: number;
}

/** Reads and writes contests. */
@Injectable()
export class ContestsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async page(
    workspaceId: string,
    { search, status, ...place }: ContestsQuery,
    now: Date,
  ): Promise<{ rows: ContestLine[]; total: number }> {
    const values: unknown[] = [workspaceId, now];
    const where = ['k.workspace_id = $1'];
    if (status) where.push(`(k.closes_at is null or k.closes_at > $2) = ${bind(values, status === 'open')}`);
    if (search) {
      const words = bind(values, anywhere(search));
      where.push(`(k.name ilike ${words} or k.key ilike ${words})`);
    }
    const wanted = where.join(' and ');
    const [counted]: { total: number }[] = await this.manager.query(
      `select count(*)::int as total from contests k where ${wanted} and $2::timestamptz is not null`,
      values,
    );
    const rows: ContestLine[] = await this.manager.query(
      `select ${LINE} from contests k where ${wanted} order by k.created_at desc, k.key ${pageSql(place, values)}`,
      values,
    );
    return { rows, total: counted?.total ?? 0 };
  }

  async find(workspaceId: string, key: string, now: Date): Promise<ContestRow | null> {
    const [row]: ContestRow[] = await this.manager.query(
      `select ${LINE}, k.prize, k.rules_url as "rulesUrl", k.minimum_age as "minimumAge", k.countries,
         k.excluded_tags as "excludedTags", k.public_source as "publicSource", k.claim_days as "claimDays", k.seed,
         coalesce(k.sealed_at, k.created_at) as "sealedAt",
         (select count(*)::int from contest_entries e where e.workspace_id = k.workspace_id and e.contest = k.key
           and e.run_id is null) as "freeEntries"
       from contests k where k.workspace_id = $1 and k.key = $3`,
      [workspaceId, now, key],
    );
    return row ?? null;
  }

  /** Holds whatever else would change the contest or draw from it until the transaction ends. */
  async lock(workspaceId: string, key: string): Promise<void> {
    await this.manager.query('select 1 from contests where workspace_id = $1 and key = $2 for update', [
      workspaceId,
      key,
    ]);
  }

  async add(workspaceId: string, contest: SaveContest, now: Date): Promise<void> {
    await this.manager.query(
      'insert into contests (workspace_id, key, name, created_at) values ($1, $2, $3, $4)',
      [workspaceId, contest.key, contest.name, now],
    );
    await this.change(workspaceId, contest.key, contest);
  }

  /** Sets what is given, and leaves the rest. */
  async change(workspaceId: string, key: string, change: ChangeContest): Promise<void> {
    const values: unknown[] = [workspaceId, key];
    const sets = Object.entries(COLUMNS).flatMap(([field, column]) => {
      const value: unknown = Reflect.get(change, field);
      return value === undefined ? [] : [`${column} = ${bind(values, value)}`];
    });
    if (sets.length === 0) return;
    await this.manager.query(
      `update contests set ${sets.join(', ')} where workspace_id = $1 and key = $2`,
      values,
    );
  }

  /** Gives the next draw its seed. */
  async reseed(workspaceId: string, key: string, seed: string, sealedAt: Date): Promise<void> {
    await this.manager.query(
      'update contests set seed = $3, sealed_at = $4 where workspace_id = $1 and key = $2',
      [workspaceId, key, seed, sealedAt],
    );
  }

  async remove(workspaceId: string, key: string): Promise<void> {
    const mine = [workspaceId, key];
    await this.manager.query('delete from contest_deeds where workspace_id = $1 and contest = $2', mine);
    await this.manager.query('delete from contests where workspace_id = $1 and key = $2', mine);
  }
}

/** ContestLine of `k`, a row of contests; $2 is now. */
const LINE = `k.key, k.name, k.closes_at as "closesAt", k.created_at as "createdAt",
  (select count(*)::int from contest_entries e where e.workspace_id = k.workspace_id and e.contest = k.key) as entries,
  (select count(*)::int from contest_winners w where w.workspace_id = k.workspace_id and w.contest = k.key
    and w.status = 'winner') as winners,
  case
    when exists (select 1 from contest_listings g where g.workspace_id = k.workspace_id and g.contest = k.key)
      then 'listing'
    when exists (select 1 from contest_draws d where d.workspace_id = k.workspace_id and d.contest = k.key
      and d.drawn_at is null) then 'listed'
    when k.closes_at is null or k.closes_at > $2 then 'open'
    when exists (select 1 from contest_draws d where d.workspace_id = k.workspace_id and d.contest = k.key) then 'drawn'
    else 'closed'
  end as status`;

const COLUMNS: Readonly<Record<keyof ChangeContest, string>> = {
  name: 'name',
  closesAt: 'closes_at',
  prize: 'prize',
  rulesUrl: 'rules_url',
  minimumAge: 'minimum_age',
  countries: 'countries',
  excludedTags: 'excluded_tags',
  publicSource: 'public_source',
  claimDays: 'claim_days',
};
