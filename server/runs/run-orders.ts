import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Scalar } from '#flows/engine/effects.ts';
import { Clock } from '../common/clock.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { RunWork } from '../inbound/work.ts';

/** Something that happened outside, as a step that waits for it names it. */
export interface OutsideEvent {
  name: string;
  key: string | null;
  value: Scalar;
}

interface OpenRun {
  sender_id: string;
  phone: string;
}

/** Orders from people and programs about runs. They queue behind the contact's own texts like everything else. */
@Injectable()
export class RunOrders {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly inbound: InboundService,
  ) {}

  /** Ends a run as cancelled. False where there is no such run or it has ended. */
  async cancel(workspaceId: string, runId: string): Promise<boolean> {
    const [run]: OpenRun[] = await this.database.query(
      `select r.sender_id, c.phone from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where r.workspace_id = $1 and r.id = $2 and r.status <> 'ended'`,
      [workspaceId, runId],
    );
    if (!run) return false;
    const at = this.clock.now();
    await this.order({
      kind: 'run',
      workspaceId,
      phone: run.phone,
      senderId: run.sender_id,
      at,
      happening: { kind: 'cancel', runId, at },
    });
    return true;
  }

  /** Tells every sender's conversations with a person that something happened. Returns how many had waited for it. */
  async event(workspaceId: string, phone: string, event: OutsideEvent): Promise<number> {
    const senders: { sender_id: string }[] = await this.database.query(
      `select distinct r.sender_id from runs r join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
       where c.workspace_id = $1 and c.phone = $2 and r.status <> 'ended'`,
      [workspaceId, phone],
    );
    const at = this.clock.now();
    const happening = { kind: 'event', ...event, at } as const;
    const taken = await Promise.all(
      senders.map(({ sender_id: senderId }) =>
        this.order({ kind: 'run', workspaceId, phone, senderId, at, happening }),
      ),
    );
    return taken.reduce((sum, count) => sum + count, 0);
  }

  /** Puts an order behind what the contact has waiting. Returns how many runs went on. */
  private async order(work: Omit<RunWork, 'done'>): Promise<number> {
    const { moved = 0 } = await decided(this.inbound, work);
    return moved;
  }
}
