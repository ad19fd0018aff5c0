import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OrderOutcome } from '#shared/api/orders.ts';

/** An order as it is stored. `outcome` is null while it waits. */
export interface OrderRow {
  id: string;
  print: Buffer | null;
  outcome: OrderOutcome | null;
  reason: string | null;
  contact_id: string | null;
  run_id: string | null;
  /** The text that came of it; before it had a place, it had the id of its order. */
  message_id: string | null;
}

export interface NewOrder {
  workspaceId: string;
  id: string;
  key: string | null;
  print: Buffer;
  phone: string;
  dueAt: Date;
}

const COLUMNS = 'id, print, outcome, reason, contact_id, run_id, message_id';

/** Notes orders down before anything is done about them; what came of them is written by the batch that decides. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly database: DataSource) {}

  /** Notes an order down. False where its key was used before. */
  async add({ workspaceId, id, key, print, phone, dueAt }: NewOrder): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `insert into orders (workspace_id, id, key, print, phone, due_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (workspace_id, key) where key is not null do nothing returning id`,
      [workspaceId, id, key, print, phone, dueAt],
    );
    return rows.length === 1;
  }

  async find(workspaceId: string, id: string): Promise<OrderRow | null> {
    const [row]: OrderRow[] = await this.database.query(
      `select ${COLUMNS} from orders where workspace_id = $1 and id = $2`,
      [workspaceId, id],
    );
    return row ?? null;
  }

  async findByKey(workspaceId: string, key: string): Promise<OrderRow | null> {
    const [row]: OrderRow[] = await this.database.query(
      `select ${COLUMNS} from orders where workspace_id = $1 and key = $2`,
      [workspaceId, key],
    );
    return row ?? null;
  }

  /** Forgets an order that was not decided; one that is being decided is waited for. */
  async withdraw(workspaceId: string, id: string): Promise<void> {
    await this.database.query('delete from orders where workspace_id = $1 and id = $2 and outcome is null', [
      workspaceId,
      id,
    ]);
  }

  /** Gives up orders that could not be decided, unless they were meanwhile. */
  async fail(workspaceId: string, ids: readonly string[], reason: string, at: Date): Promise<void> {
    await this.database.query(
      `update orders set outcome = 'failed', reason = $3, decided_at = $4
       where workspace_id = $1 and id = any($2::uuid[]) and outcome is null`,
      [workspaceId, [...ids], reason, at],
    );
  }
}
