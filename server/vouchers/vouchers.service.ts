import { Injectable } from '@nestjs/common';
import type { Page } from '#shared/api/common.ts';
import type { ChangePool, Pool, PoolSummary, PoolsQuery, SavePool } from '#shared/api/vouchers.ts';
import type { Who } from '../accounts/who.ts';
import { Clock } from '../common/clock.ts';
import { Problem } from '../common/problem.ts';
import { unlessTaken } from '../database/taken.ts';
import { Transactions } from '../database/transactions.ts';
import { LiveDemands } from '../flows/live-demands.service.ts';
import { LiveFeed } from '../live/live-feed.ts';
import { type PoolRow, PoolsRepository } from './pools.repository.ts';

/** Where something is done, whoever does it. */
export type InWorkspace = Pick<Who, 'workspaceId'>;

/** Pools of vouchers: what they are called, and who gets how many until when. */
@Injectable()
export class Vouchers {
  constructor(
    private readonly pools: PoolsRepository,
    private readonly demands: LiveDemands,
    private readonly transactions: Transactions,
    private readonly live: LiveFeed,
    private readonly clock: Clock,
  ) {}

  async page(me: Who, query: PoolsQuery): Promise<Page<PoolSummary>> {
    const { rows, total } = await this.pools.page(me.workspaceId, query, this.now());
    return { items: rows.map(toSummary), total };
  }

  async show(me: Who, key: string): Promise<Pool> {
    const row = await this.pools.find(me.workspaceId, key, this.now());
    if (!row) throw notFound();
    const results = await this.pools.results(me.workspaceId, key);
    return { ...toSummary(row), description: row.description, results };
  }

  async add(me: Who, save: SavePool): Promise<void> {
    await unlessTaken(this.pools.add(me.workspaceId, save, this.now()), () =>
      Problem.conflict('voucher.key-taken', `There is a pool with the key “${save.key}” already.`, {
        place: 'key',
      }),
    );
    this.tell(me);
  }

  async change(me: Who, key: string, change: ChangePool): Promise<void> {
    if (!(await this.pools.change(me.workspaceId, key, change))) throw notFound();
    this.tell(me);
  }

  /** Takes a pool away of which nobody has a code and that no live flow names. */
  async remove(me: Who, key: string): Promise<void> {
    await this.transactions.run(async () => {
      const flow = await this.demands.holdNaming(me.workspaceId, 'vouchers', key);
      if (!(await this.pools.lock(me.workspaceId, key))) throw notFound();
      if (await this.pools.isUsed(me.workspaceId, key)) {
        throw Problem.conflict('voucher.used', 'People have codes of this pool. Close it instead.');
      }
      if (flow !== null) {
        throw Problem.conflict(
          'voucher.named',
          `“${flow}” is live and gives codes of this pool. Pause it first.`,
        );
      }
      await this.pools.remove(me.workspaceId, key);
    });
    this.tell(me);
  }

  /** Does something with a pool while nobody else adds codes to it or removes it. */
  async hold<Result>(me: InWorkspace, key: string, act: () => Promise<Result>): Promise<Result> {
    const result = await this.transactions.run(async () => {
      if (!(await this.pools.lock(me.workspaceId, key))) throw notFound();
      return await act();
    });
    this.tell(me);
    return result;
  }

  /** Refuses where there is no such pool; its stock is not counted for that. */
  async mustExist(me: InWorkspace, key: string): Promise<void> {
    if (!(await this.pools.has(me.workspaceId, key))) throw notFound();
  }

  tell(me: InWorkspace): void {
    this.live.changed(me.workspaceId, 'vouchers');
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

const notFound = (): Problem => Problem.notFound('voucher.not-found', 'There is no such pool of vouchers.');

const toSummary = ({ description: _description, createdAt, ...row }: PoolRow): PoolSummary => ({
  ...row,
  createdAt: createdAt.toISOString(),
});
