import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parsePhone } from '#shared/sms/phone.ts';
import { Clock } from '../common/clock.ts';
import { idTime, lowestId } from '../common/ids.ts';
import type { TextPart } from '../gateways/gateway.ts';
import { partIn } from '../gateways/part.ts';
import { decided } from '../inbound/decided.ts';
import { InboundService } from '../inbound/inbound.service.ts';
import { STORED_TEXT, storedText, type StoredTextRow } from '../inbound/stored-text.ts';
import { OutboxService } from '../outbound/outbox.service.ts';

interface AsideRow extends StoredTextRow {
  contact_id: string | null;
}

const ASIDE = `select ${STORED_TEXT}, i.contact_id from inbound i where i.workspace_id = $1 and i.status = 'set-aside'`;

/** The parts of a long text come within this of each other, in milliseconds; their reference may mean another text later. */
const PARTS_APART_MS = 60 * 60_000;

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
      (await this.replayInbound(workspaceId, messageId)) > 0 ||
      (await this.replayOutbound(workspaceId, [messageId])) > 0
    );
  }

  /** Returns how many of these texts are tried again. Texts of people are decided one after the other, in their order. */
  async replayAll(workspaceId: string, ids: readonly string[], inbound: boolean): Promise<number> {
    if (!inbound) return await this.replayOutbound(workspaceId, ids);
    let replayed = 0;
    for (const id of ids) replayed += await this.replayInbound(workspaceId, id);
    return replayed;
  }

  /** Returns how many texts were decided again: with a part of a long text go the others that were set aside with it. */
  private async replayInbound(workspaceId: string, id: string): Promise<number> {
    const [row]: AsideRow[] = await this.database.query(`${ASIDE} and i.id = $2`, [workspaceId, id]);
    if (!row) return 0;
    let replayed = 0;
    for (const one of await this.together(row)) if (await this.decide(one)) replayed++;
    return replayed;
  }

  /** The parts of the same long text, in the order in which they came; a text that is none by itself. */
  private async together(row: AsideRow): Promise<readonly AsideRow[]> {
    const part = partOfAside(row);
    if (!part) return [row];
    const at = idTime(row.id);
    const rows: AsideRow[] = await this.database.query(
      `${ASIDE} and i.contact_id is null and i.id between $2 and $3
         and i.gateway_id = $4 and i.from_address = $5 and i.to_address = $6 order by i.id`,
      [
        row.workspace_id,
        lowestId(at - PARTS_APART_MS),
        lowestId(at + PARTS_APART_MS),
        row.gateway_id,
        row.from_address,
        row.to_address,
      ],
    );
    return rows.filter((one) => {
      const other = partOfAside(one);
      return other?.reference === part.reference && other.total === part.total;
    });
  }

  /** Decides a text that was set aside once more, under its own id. */
  private async decide(row: AsideRow): Promise<boolean> {
    const phone = parsePhone(row.from_address);
    const part = partOfAside(row);
    const { stored } = await decided(this.inbound, {
      phone: phone?.e164 ?? row.from_address,
      reachable: phone !== null,
      at: this.clock.now(),
      saidAt: idTime(row.id),
      ...(part && { part }),
      ...storedText(row),
    });
    return !stored.duplicate;
  }

  /**
   * Queues texts that were given up as if they had never been tried, through the gateway that their sender has now. Nobody waits for them
   * any more. What people who said STOP would not want stays; of a text to somebody who was forgotten no word is left.
   */
  private async replayOutbound(workspaceId: string, ids: readonly string[]): Promise<number> {
    const replayed = await this.database.transaction(async (manager) => {
      // Whoever texts STOP meanwhile is waited for: a text that they take back must not be queued behind their backs.
      await manager.query(
        `select 1 from contacts c where c.workspace_id = $1 and c.id in (
           select m.contact_id from outbound m where m.workspace_id = $1 and m.id = any($2::uuid[]))
         order by c.id for no key update`,
        [workspaceId, [...ids]],
      );
      const rows: unknown[] = await manager.query(
        `with again as (
          update outbound m set status = 'queued', reason = null, replayed_at = $3, never_left = false,
            gateway_id = coalesce((select s.gateway_id from senders s where s.id = m.sender_id), m.gateway_id)
          where workspace_id = $1 and id = any($2::uuid[]) and status in ('failed', 'expired') and text <> ''
            and not exists (
              select 1 from senders s join consents p on p.workspace_id = m.workspace_id and p.contact_id = m.contact_id
                and p.scope = 'program:' || s.program_id and p.state = 'stopped'
              where s.id = m.sender_id)
          returning workspace_id, id, contact_id, gateway_id, sender_id, purpose)
        insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
        select workspace_id, id, contact_id, gateway_id, sender_id,
          case purpose when 'marketing' then 2 when 'service' then 1 else 0 end, $3, $3
        from again order by id on conflict do nothing returning message_id`,
        [workspaceId, [...ids], new Date(this.clock.now())],
      );
      return rows.length;
    });
    if (replayed > 0) this.outbox.nudge();
    return replayed;
  }
}

/** Whose number or sender was not known was not put together; what was set aside later is the whole text, or a part that came too late. */
const partOfAside = ({ contact_id: contactId, extra, text }: AsideRow): TextPart | undefined =>
  contactId === null ? partIn(extra, text) : undefined;
