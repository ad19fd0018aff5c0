import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Transactions } from '../database/transactions.ts';
import { ExperimentEntity } from './experiment.entity.ts';

@Injectable()
export class ExperimentsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get experiments(): Repository<ExperimentEntity> {
    return this.transactions.repository(ExperimentEntity);
  }

  /** The experiments of the other flows: key → name of the flow. */
  async ownedByOthers(workspaceId: string, flowId: string): Promise<Map<string, string>> {
    const rows: { key: string; name: string }[] = await this.transactions.manager.query(
      `select e.key, f.name from experiments e join flows f on f.id = e.flow_id where e.workspace_id = $1 and e.flow_id <> $2`,
      [workspaceId, flowId],
    );
    return new Map(rows.map(({ key, name }) => [key, name]));
  }

  /** Starts experiments, or brings those that run up to date; when they started stays as it is. */
  async publish(experiments: readonly ExperimentEntity[]): Promise<void> {
    if (experiments.length === 0) return;
    await this.experiments
      .createQueryBuilder()
      .insert()
      .values([...experiments])
      .orUpdate(['node', 'name', 'arms'], ['workspace_id', 'key'])
      .execute();
  }
}
