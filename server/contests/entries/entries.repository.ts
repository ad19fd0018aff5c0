import { Injectable } from '@nestjs/common';
import type { EntriesQuery } from '#shared/api/contests.ts';
import { contactNameSql } from '../../database/contact-name.ts';
import { inGoodTime, type TooWide } from '../../database/in-good-time.ts';
import { pageSql } from '../../database/page-sql.ts';
import { searched } from '../../database/search-text.ts';
import { Transactions } from '../../database/transactions.ts';

/** An entry as it is stored, with who made it. */
export interface EntryRow {
  contactId: string;
  phone: string | null;
  name: string | null;
  at: Date;
  runId: string | null;
  enteredBy: string | null;
  leftOut: string | null;
}

/** An entry with what draws made of it: "draw 1: winner". */
export type DrawnEntryRow = EntryRow & { drawn: string | null };

/** Which entries: by number or name, and whether they were taken out by hand. */
export type EntriesFilter = Pick<EntriesQuery, 'search' | 'state'>;

const TOO_WIDE: TooWide = {
  code: 'entries.search-too-wide',
  message: 'There are too many entries to find these in time. Look for the person among the contacts.',
};

/** Reads and writes the entries of contests. */
@Injectable()
export class EntriesRepository {
  constructor(private readonly transactions: Transactions) {}

  private get manager() {
    return this.transactions.manager;
  }

  async count(workspaceId: string, contest: string, filter: EntriesFilter): Promise<number> {
    const values: unknown[] = [workspaceId, contest];
    const sql = `select count(*)::int as total from ${from(filter)} where ${conditions(filter, values)}`;
    const [row] = await this.rows<{ total: number }>(filter, sql, values);
    return row?.total ?? 0;
  }

  /** Entries in the order of the list that draws are made from. */
  page(
    workspaceId: string,
    contest: string,
    filter: EntriesFilter,
    place: Pick<EntriesQuery, 'page' | 'size'>,
  ): Promise<EntryRow[]> {
    const values: unknown[] = [workspaceId, contest];
    const sql = `select ${ENTRY} from ${JOINED} where ${conditions(filter, values)} order by e.contact_id ${pageSql(place, values)}`;
    return this.rows(filter, sql, values);
  }

  private rows<Row>({ search, state }: EntriesFilter, sql: string, values: unknown[]): Promise<Row[]> {
    return inGoodTime(this.transactions, sql, values, search || state ? TOO_WIDE : null);
  }

  /** Entries behind one, with what came of them. */
  after(workspaceId: string, contest: string, contactId: string, size: number): Promise<DrawnEntryRow[]> {
    return this.manager.query(
      `select ${ENTRY}, (select string_agg(format('draw %s: %s', w.number, w.status), '; ' order by w.number)
         from contest_winners w where w.workspace_id = e.workspace_id and w.contest = e.contest
           and w.contact_id = e.contact_id) as drawn
       from ${JOINED} where e.workspace_id = $1 and e.contest = $2 and e.contact_id > $3 order by e.contact_id limit $4`,
      [workspaceId, contest, contactId, size],
    );
  }

  /** The contact with this number, added where there is none. */
  async contactOf(workspaceId: string, phone: string, { id, at }: { id: string; at: Date }): Promise<string> {
    await this.manager.query(
      `insert into contacts (workspace_id, id, phone, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [workspaceId, id, phone, at],
    );
    const [row]: { id: string }[] = await this.manager.query(
      'select id from contacts where workspace_id = $1 and phone = $2',
      [workspaceId, phone],
    );
    return row?.id ?? id;
  }

  /** Adds an entry that came another way than by text; false where the person had entered. */
  async add(
    workspaceId: string,
    contest: string,
    entry: { contactId: string; at: Date; by: string },
  ): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      `insert into contest_entries (workspace_id, contest, contact_id, at, entered_by) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning 1`,
      [workspaceId, contest, entry.contactId, entry.at, entry.by],
    );
    return rows.length === 1;
  }

  /** Takes an entry out of draws, or back in; false where there is none. */
  async setLeftOut(
    workspaceId: string,
    contest: string,
    contactId: string,
    because: string | null,
  ): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.manager.query(
      'update contest_entries set left_out = $4 where workspace_id = $1 and contest = $2 and contact_id = $3',
      [workspaceId, contest, contactId, because],
    );
    return changed === 1;
  }
}

const JOINED = 'contest_entries e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id';
const NAME = contactNameSql('c.fields');
const ENTRY = `e.contact_id as "contactId", case when c.number_print is null then c.phone end as phone, ${NAME} as name,
  e.at, e.run_id as "runId", e.entered_by as "enteredBy", e.left_out as "leftOut"`;

/** People are looked up only where they are searched for: counting all entries needs none of them. */
const from = ({ search }: EntriesFilter): string => (search ? JOINED : 'contest_entries e');

function conditions({ search, state }: EntriesFilter, values: unknown[]): string {
  const where = ['e.workspace_id = $1', 'e.contest = $2'];
  if (state) where.push(`e.left_out is ${state === 'in' ? '' : 'not '}null`);
  if (search) where.push(searched(search, { words: [NAME], phone: 'c.phone' }, values));
  return where.join(' and ');
}
