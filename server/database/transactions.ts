import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';

interface Current {
  readonly manager: EntityManager;
  readonly afterwards: (() => void)[];
}

/**
 * One transaction over several repositories, without handing a manager around: what a service calls inside `run` belongs
 * to it. Repositories ask here for TypeORM; nobody else does.
 */
@Injectable()
export class Transactions {
  private readonly current = new AsyncLocalStorage<Current>();
  private open = 0;

  constructor(private readonly source: DataSource) {}

  /** All of `work` or nothing of it. Inside another one it joins that. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.current.getStore()) return await work();
    const afterwards: (() => void)[] = [];
    const result = await this.source.transaction((manager) => this.within({ manager, afterwards }, work));
    for (const act of afterwards) act();
    return result;
  }

  /** What all of `work` would come to: it sees what it writes, and nothing of it stays, inside another one either. */
  async rehearse<Result>(work: () => Promise<Result>): Promise<Result> {
    const around = this.current.getStore()?.manager.queryRunner;
    const runner = around ?? this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      try {
        return await this.within({ manager: runner.manager, afterwards: [] }, work);
      } finally {
        // Where even that fails, the connection is gone and everything with it.
        await runner.rollbackTransaction().catch(() => undefined);
      }
    } finally {
      if (!around) await runner.release();
    }
  }

  /** Does `act` once the present transaction is committed, and never if it is not; at once outside of one. */
  afterCommit(act: () => void): void {
    const current = this.current.getStore();
    if (current) current.afterwards.push(act);
    else act();
  }

  /** While a transaction is followed, node follows every promise of the process, so it stops when the last has ended. */
  private async within<Result>(current: Current, work: () => Promise<Result>): Promise<Result> {
    this.open++;
    try {
      return await this.current.run(current, work);
    } finally {
      if (--this.open === 0) this.current.disable();
    }
  }

  get manager(): EntityManager {
    return this.current.getStore()?.manager ?? this.source.manager;
  }

  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.manager.getRepository(entity);
  }
}
