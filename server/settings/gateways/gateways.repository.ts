import { Injectable } from '@nestjs/common';
import type { GatewayTrouble } from '#shared/api/gateways.ts';
import type { Repository } from 'typeorm';
import { Transactions } from '../../database/transactions.ts';
import { GatewayEntity } from './gateway.entity.ts';

/** Why a gateway is left alone, and until when. */
export interface TroubleRow {
  since: Date;
  until: Date;
  trouble: GatewayTrouble;
  reason: string;
}

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

  /** The gateway, which nobody else changes until the transaction ends. */
  hold(workspaceId: string, id: string): Promise<GatewayEntity | null> {
    return this.gateways.findOne({ where: { workspaceId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The gateways of a workspace that are in trouble, by their ids. */
  async troubles(workspaceId: string): Promise<Map<string, TroubleRow>> {
    const rows: (TroubleRow & { id: string })[] = await this.transactions.manager.query(
      `select g.id, t.since, t.until, t.trouble, t.reason from gateway_troubles t join gateways g on g.id = t.gateway_id
       where g.workspace_id = $1`,
      [workspaceId],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async add(gateway: GatewayEntity): Promise<void> {
    await this.gateways.insert(gateway);
  }

  async change(id: string, change: Pick<GatewayEntity, 'name' | 'config'>): Promise<void> {
    await this.gateways.update({ id }, change);
  }

  /**
   * Breaks a gateway's rest off: every node lets one text try at once, and what has been tried in vain need not wait any longer. Nothing
   * happens where it is in no trouble.
   */
  async tryAgain(id: string, now: Date): Promise<void> {
    const { manager } = this.transactions;
    const [troubled]: [unknown[], number] = await manager.query(
      'update gateway_troubles set until = $2, rests = 0 where gateway_id = $1 returning gateway_id',
      [id, now],
    );
    if (troubled.length === 0) return;
    await manager.query(
      `update outbox o set due_at = $2 from (
         select ctid as place from outbox
         where gateway_id = $1 and due_at > $2 and leased_until <= $2 and attempts > 0 and not held for update skip locked) t
       where o.ctid = t.place`,
      [id, now],
    );
  }
}
