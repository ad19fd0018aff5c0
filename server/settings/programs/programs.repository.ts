import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Transactions } from '../../database/transactions.ts';
import { ProgramEntity } from './program.entity.ts';

/** Reads and writes programs. */
@Injectable()
export class ProgramsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get programs(): Repository<ProgramEntity> {
    return this.transactions.repository(ProgramEntity);
  }

  inWorkspace(workspaceId: string): Promise<ProgramEntity[]> {
    return this.programs.find({ where: { workspaceId }, order: { name: 'ASC', id: 'ASC' } });
  }

  exists(workspaceId: string, id: string): Promise<boolean> {
    return this.programs.existsBy({ workspaceId, id });
  }

  async add(program: ProgramEntity): Promise<void> {
    await this.programs.insert(program);
  }

  /** False when there is no such program. */
  async change(workspaceId: string, id: string, change: Partial<ProgramEntity>): Promise<boolean> {
    if (Object.keys(change).length === 0) return this.exists(workspaceId, id);
    const { affected } = await this.programs.update({ workspaceId, id }, change);
    return affected === 1;
  }
}
