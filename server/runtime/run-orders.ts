import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { RunWork, WorkResult } from '../inbound/work.ts';

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

  private async order(work: Omit<RunWork, 'done'>): Promise<void> {
    const result = await new Promise<WorkResult>((resolve) =>
      this.inbound.accept({ ...work, done: resolve }),
    );
    if ('error' in result) throw result.error;
  }
}
