import { Injectable } from '@nestjs/common';
import type { InboxQuery, Review } from '#shared/api/inbox.ts';
import { contactNameSql } from '../../database/contact-name.ts';
import { ERASED_INBOUND_SQL, erasedAtSql } from '../../database/erased.ts';
import { inGoodTime, type TooWide } from '../../database/in-good-time.ts';
import { pageSql } from '../../database/page-sql.ts';
import { searched } from '../../database/search-text.ts';
import { Transactions } from '../../database/transactions.ts';

/** A review as it is selected. */
export interface ReviewRow extends Omit<Review, 'at' | 'erased' | 'decidedAt'> {
  at: Date;
  erased: boolean;
  erasedAt: Date | null;
  decidedAt: Date | null;
}

/** What is needed to decide one. */
export interface ReviewCase {
  phone: string;
  /** Null where the program has no sender any more. */
  senderId: string | null;
  text: string | null;
  at: Date;
  decision: Review['decision'];
  /** How the person stands to the program now, and why. */
  standing: string;
  because: string | null;
  /** Whether it was taken for a STOP before, which was confirmed or not: that is done once. */
  revokedBefore: boolean;
  /** How many other texts of the person to the program wait to be read. */
  others: number;
}

type Filter = Pick<InboxQuery, 'search' | 'state'>;

const TOO_WIDE: TooWide = {
  code: 'inbox.search-too-wide',
  message: 'There are too many texts to find these in time. Look for the person among the contacts.',
};

/** Reads texts that may be a STOP. The runtime writes them, with the ledger. */
@Injectable()
export class InboxRepository {
  constructor(private readonly transactions: Transactions) {}

  async open(workspaceId: string): Promise<number> {
    const [row]: { open: number }[] = await this.transactions.manager.query(
      'select count(*)::int as open from consent_reviews where workspace_id = $1 and decision is null',
      [workspaceId],
    );
    return row?.open ?? 0;
  }

  async count(workspaceId: string, filter: Filter): Promise<number> {
    const values: unknown[] = [workspaceId];
    const sql = `select count(*)::int as total from ${SOURCE} where ${conditions(filter, values)}`;
    const [row] = await this.rows<{ total: number }>(filter, sql, values);
    return row?.total ?? 0;
  }

  page(workspaceId: string, filter: Filter, place: Pick<InboxQuery, 'page' | 'size'>): Promise<ReviewRow[]> {
    const values: unknown[] = [workspaceId];
    const where = conditions(filter, values);
    const order = filter.state === 'open' ? 'r.id' : 'r.decided_at desc, r.id desc';
    const sql = `select r.id, r.at, r.message_id as "messageId", case when not ${ERASED_INBOUND_SQL} then i.text end as text,
         ${ERASED_INBOUND_SQL} as erased, ${erasedAtSql('r.at')} as "erasedAt", r.decision, r.decided_at as "decidedAt", d.name as "decidedBy",
         json_build_object('id', c.id, 'phone', c.phone, 'name', ${contactNameSql('c.fields')}) as contact,
         json_build_object('id', p.id, 'name', p.name) as program, s.address as sender,
         (select count(*)::int from outbox o where o.workspace_id = r.workspace_id and o.contact_id = r.contact_id and o.held) as waiting
       from ${SOURCE} where ${where} order by ${order} ${pageSql(place, values)}`;
    return this.rows(filter, sql, values);
  }

  private rows<Row>({ search }: Filter, sql: string, values: unknown[]): Promise<Row[]> {
    return inGoodTime(this.transactions, sql, values, search ? TOO_WIDE : null);
  }

  async find(workspaceId: string, id: string): Promise<ReviewCase | null> {
    const [row]: ReviewCase[] = await this.transactions.manager.query(
      `select c.phone, i.text,
         -- Where the sender was removed, another of the program stands for it.
         coalesce(s.id, (select x.id from senders x where x.workspace_id = r.workspace_id and x.program_id = r.program_id
           order by x.id limit 1)) as "senderId", r.at, r.decision,
         coalesce(k.state, 'open') as standing, k.because,
         exists (select 1 from consent_ledger e where e.workspace_id = r.workspace_id and e.contact_id = r.contact_id
           and e.scope = 'program:' || r.program_id and e.at >= r.at and e.from_state = 'stopped' and e.because = 'undone')
           as "revokedBefore",
         (select count(*)::int from consent_reviews x where x.workspace_id = r.workspace_id and x.contact_id = r.contact_id
           and x.program_id = r.program_id and x.id <> r.id and x.decision is null) as others
       from ${SOURCE}
         left join consents k on k.workspace_id = r.workspace_id and k.contact_id = r.contact_id
           and k.scope = 'program:' || r.program_id
       where r.workspace_id = $1 and r.id = $2`,
      [workspaceId, id],
    );
    return row ?? null;
  }

  /** One of several texts is no STOP; the others wait to be read as before. */
  async keep(workspaceId: string, id: string, personId: string | null, at: Date): Promise<void> {
    await this.transactions.manager.query(
      `update consent_reviews set decision = 'kept', decided_at = $3, decided_by = $4
       where workspace_id = $1 and id = $2 and decision is null`,
      [workspaceId, id, at, personId],
    );
  }

  /** Takes that back. */
  async unkeep(workspaceId: string, id: string): Promise<void> {
    await this.transactions.manager.query(
      `update consent_reviews set decision = null, decided_at = null, decided_by = null
       where workspace_id = $1 and id = $2 and decision = 'kept'`,
      [workspaceId, id],
    );
  }
}

const SOURCE = `consent_reviews r
    join contacts c on c.workspace_id = r.workspace_id and c.id = r.contact_id
    join programs p on p.id = r.program_id
    left join senders s on s.id = r.sender_id
    left join people d on d.id = r.decided_by
    left join inbound i on i.workspace_id = r.workspace_id and i.id = r.message_id`;

function conditions({ search, state }: Filter, values: unknown[]): string {
  const where = ['r.workspace_id = $1', state === 'open' ? 'r.decision is null' : 'r.decision is not null'];
  if (search) {
    const words = ['i.text', contactNameSql('c.fields')];
    where.push(searched(search, { words, phone: 'c.phone' }, values));
  }
  return where.join(' and ');
}
