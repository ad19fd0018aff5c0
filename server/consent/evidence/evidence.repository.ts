import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.ts';

/** What belongs to a ledger entry besides itself. */
export interface EvidenceRow {
  id: string;
  /** "list News", "program Club". */
  about: string;
  /** The text of the person's that caused it, and what they had last read from us before. */
  texted: { at: string; text: string; from: string; to: string; gatewayMessageId: string | null } | null;
  answered: { at: string; text: string; sender: string | null } | null;
  decidedBy: string | null;
}

/** Reads the texts and names around the consent ledger of a contact. */
@Injectable()
export class EvidenceRepository {
  constructor(private readonly transactions: Transactions) {}

  around(workspaceId: string, contactId: string): Promise<EvidenceRow[]> {
    return this.transactions.manager.query(
      `select e.id, coalesce('list ' || l.name, 'program ' || p.name, replace(e.scope, 'age:', 'age ')) as about, d.name as "decidedBy",
         case when i.id is not null then json_build_object('at', i.received_at, 'text', i.text, 'from', i.from_address,
           'to', i.to_address, 'gatewayMessageId', i.gateway_message_id) end as texted,
         case when o.text is not null then json_build_object('at', o.created_at, 'text', o.text, 'sender', o.sender) end as answered
       from consent_ledger e
         left join lists l on l.workspace_id = e.workspace_id and e.scope = 'list:' || l.key
         left join programs p on p.workspace_id = e.workspace_id and e.scope = 'program:' || p.id
         left join people d on d.id = e.person_id
         left join inbound i on i.workspace_id = e.workspace_id and i.id = e.message_id
         left join lateral (
           select o.created_at, o.text, s.address as sender from outbound o left join senders s on s.id = o.sender_id
           where o.workspace_id = e.workspace_id and o.contact_id = e.contact_id and o.id < e.message_id
             and o.sender_id = i.sender_id
           order by o.id desc limit 1) o on true
       where e.workspace_id = $1 and e.contact_id = $2 order by e.id`,
      [workspaceId, contactId],
    );
  }

  /** The contacts with this number, in every workspace. */
  withPhone(phone: string): Promise<{ workspaceId: string; contactId: string }[]> {
    return this.transactions.manager.query(
      'select workspace_id as "workspaceId", id as "contactId" from contacts where phone = $1 order by workspace_id',
      [phone],
    );
  }
}
