import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.ts';
import { ANSWERED, TEXTED, TEXTS } from './kept-texts.ts';

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
         coalesce(${TEXTED}, k.texted) as texted, coalesce(${ANSWERED}, k.answered) as answered
       from consent_ledger e
         left join lists l on l.workspace_id = e.workspace_id and e.scope = 'list:' || l.key
         left join programs p on p.workspace_id = e.workspace_id and e.scope = 'program:' || p.id
         left join people d on d.id = e.person_id
         left join consent_texts k on k.workspace_id = e.workspace_id and k.contact_id = e.contact_id and k.id = e.id
         ${TEXTS}
       where e.workspace_id = $1 and e.contact_id = $2 order by e.id`,
      [workspaceId, contactId],
    );
  }

  /** The contacts with this number, in every workspace; whoever was erased is known by the print of it. */
  withPhone(phone: string): Promise<{ workspaceId: string; contactId: string }[]> {
    return this.transactions.manager.query(
      `select workspace_id as "workspaceId", id as "contactId" from contacts where phone = $1
       union all select c.workspace_id, c.id from workspaces w
         cross join lateral (select c.workspace_id, c.id from contacts c
           where c.workspace_id = w.id and c.number_print = number_print(w.id, $1) offset 0) c
       order by 1`,
      [phone],
    );
  }
}
