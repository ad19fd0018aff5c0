import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { Doubt } from '#shared/api/flows.ts';
import { Transactions } from '../database/transactions.ts';
import { FlowVersionEntity } from './flow-version.entity.ts';

/** Reads and adds published versions; nothing here changes what one does. */
@Injectable()
export class VersionsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get versions(): Repository<FlowVersionEntity> {
    return this.transactions.repository(FlowVersionEntity);
  }

  /** The versions of a flow without their definitions, newest first. */
  ofFlow(workspaceId: string, flowId: string): Promise<FlowVersionEntity[]> {
    return this.versions.find({
      select: {
        id: true,
        number: true,
        note: true,
        doubts: true,
        publishedAt: true,
        publisher: { name: true },
      },
      where: { workspaceId, flowId },
      relations: { publisher: true },
      order: { number: 'DESC' },
    });
  }

  find(workspaceId: string, flowId: string, number: number): Promise<FlowVersionEntity | null> {
    return this.versions.findOne({ where: { workspaceId, flowId, number }, relations: { publisher: true } });
  }

  byId(id: string): Promise<FlowVersionEntity | null> {
    return this.versions.findOneBy({ id });
  }

  /** The versions that answer people now, the oldest flow first. */
  live(workspaceId: string): Promise<Pick<FlowVersionEntity, 'flowId' | 'definition' | 'doubts'>[]> {
    return this.transactions.manager.query(
      `select v.flow_id as "flowId", v.definition, v.doubts from flows f join flow_versions v on v.id = f.version_id
       where f.workspace_id = $1 and f.status = 'live' order by f.id`,
      [workspaceId],
    );
  }

  /** Keeps what a version was resumed in spite of, beside what it was published in spite of. */
  async addDoubts(id: string, doubts: readonly Doubt[]): Promise<void> {
    if (doubts.length === 0) return;
    await this.transactions.manager.query(
      'update flow_versions set doubts = (doubts::jsonb || $2::jsonb)::json where id = $1',
      [id, JSON.stringify(doubts)],
    );
  }

  async add(version: Omit<FlowVersionEntity, 'publisher'>): Promise<void> {
    await this.versions.insert(version);
  }
}
