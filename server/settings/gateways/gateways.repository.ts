import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Transactions } from '../../database/transactions.ts';
import { GatewayEntity } from './gateway.entity.ts';

/** Reads and writes gateways. */
@Injectable()
export class GatewaysRepository {
  constructor(private readonly transactions: Transactions) {}

  private get gateways(): Repository<GatewayEntity> {
    return this.transactions.repository(GatewayEntity);
  }

  inWorkspace(workspaceId: string): Promise<GatewayEntity[]> {
    return this.gateways.find({ where: { workspaceId }, order: { name: 'ASC', id: 'ASC' } });
  }

  find(workspaceId: string, id: string): Promise<GatewayEntity | null> {
    return this.gateways.findOneBy({ workspaceId, id });
  }

  async add(gateway: GatewayEntity): Promise<void> {
    await this.gateways.insert(gateway);
  }

  async change(id: string, change: Pick<GatewayEntity, 'name' | 'config'>): Promise<void> {
    await this.gateways.update({ id }, change);
  }
}
