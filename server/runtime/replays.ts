import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parsePhone } from '#shared/sms/phone.ts';
import { Clock } from '../common/clock.ts';
import { mediaIn } from '../gateways/media.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import type { WorkResult } from '../inbound/work.ts';
import { OutboxService } from '../outbound/outbox.service.ts';

interface AsideRow {
  gateway_id: string;
  from_address: string;
  to_address: string;
  text: string;
  gateway_message_id: string | null;
  extra: unknown;
}

/** Tries again what went wrong: an inbound text that was set aside, an outbound one that was given up. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly inbound: InboundService,
    private readonly outbox: OutboxService,
  ) {}

  /** False where the message is unknown, or neither set aside nor failed. */
  async replay(workspaceId: string, messageId: string): Promise<boolean> {
    return (
      (await this.replayInbound(workspaceId, messageId)) ||
      (await this.replayOutbound(workspaceId, messageId))
    );
  }

  /** Decides a text that was set aside once more, under its own id. */
  private async replayInbound(workspaceId: string, id: string): Promise<boolean> {
    const [row]: AsideRow[] = await this.database.query(
      `select gateway_id, from_address, to_address, text, gateway_message_id, extra from inbound
       where workspace_id = $1 and id = $2 and status = 'set-aside'`,
      [workspaceId, id],
    );
    if (!row) return false;
    const phone = parsePhone(row.from_address);
    const result = await new Promise<WorkResult>((resolve) =>
      this.inbound.accept({
        kind: 'text',
        id,
        workspaceId,
        gatewayId: row.gateway_id,
        phone: phone?.e164 ?? row.from_address,
        reachable: phone !== null,
        from: row.from_address,
        to: row.to_address,
        text: row.text,
        gatewayMessageId: row.gateway_message_id,
        extra: row.extra === null ? null : JSON.stringify(row.extra),
        media: mediaIn(row.extra),
        stored: true,
        at: this.clock.now(),
        done: resolve,
      }),
    );
    if ('error' in result) throw result.error;
    return true;
  }

  /** Queues a text that was given up, as if it had never been tried. */
  private async replayOutbound(workspaceId: string, id: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `with again as (
        update outbound set status = 'queued', reason = null where workspace_id = $1 and id = $2 and status in ('failed', 'expired')
        returning workspace_id, id, contact_id, gateway_id, sender_id)
      insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, due_at, queued_at)
      select workspace_id, id, contact_id, gateway_id, sender_id, $3, $3 from again
      on conflict do nothing returning message_id`,
      [workspaceId, id, new Date(this.clock.now())],
    );
    if (rows.length === 0) return false;
    this.outbox.nudge();
    return true;
  }
}
