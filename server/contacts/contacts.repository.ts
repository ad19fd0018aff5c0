import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { Scalar } from '#flows/engine/effects.ts';
import type { Contact, ContactsQuery } from '#shared/api/contacts.ts';
import { bind } from '../database/bind.ts';
import { inGoodTime, type TooWide } from '../database/in-good-time.ts';
import { searched } from '../database/search-text.ts';
import { Transactions } from '../database/transactions.ts';
import { ContactEntity } from './contact.entity.ts';
import { type ContactRow, NAME_SQL, selectContact } from './contact-rows.ts';

/** Which contacts: by words or number, by list. */
export type ContactsFilter = Pick<ContactsQuery, 'search' | 'list' | 'tag'>;

const TOO_WIDE: TooWide = {
  code: 'contacts.search-too-wide',
  message:
    'There are too many contacts to find these in time. Look for fewer of them: by a tag, or by a whole number.',
};

/** Which of them. `unhurried`: they are for a file, which may take as long as it takes. */
interface ContactsRange {
  before?: string;
  skip?: number;
  size: number;
  unhurried?: boolean;
}

interface LedgerRow {
  at: Date;
  scope: string;
  from: string;
  to: string;
  because: string;
  shown: string | null;
  given: Record<string, string> | null;
  messageId: string | null;
}

/** Reads and writes contacts, and reads what the runtime wrote about them. */
@Injectable()
export class ContactsRepository {
  constructor(private readonly transactions: Transactions) {}

  private get contacts(): Repository<ContactEntity> {
    return this.transactions.repository(ContactEntity);
  }

  async count(workspaceId: string, filter: ContactsFilter): Promise<number> {
    const values: unknown[] = [workspaceId];
    const sql = `select count(*)::int as total from contacts c where ${conditions(filter, values)}`;
    const [row] = await this.rows<{ total: number }>(filter, sql, values);
    return row?.total ?? 0;
  }

  /** Contacts that are older than `before` (an id), newest first. */
  newest(
    workspaceId: string,
    filter: ContactsFilter,
    { before, skip = 0, size, unhurried }: ContactsRange,
  ): Promise<ContactRow[]> {
    const values: unknown[] = [workspaceId];
    const older = before ? ` and c.id < ${bind(values, before)}::uuid` : '';
    const shown = `select c.* from contacts c where ${conditions(filter, values)}${older} order by c.id desc
       limit ${bind(values, size)} offset ${bind(values, skip)}`;
    return this.rows(unhurried ? {} : filter, `${selectContact(shown)} order by c.id desc`, values);
  }

  private rows<Row>({ search, list, tag }: ContactsFilter, sql: string, values: unknown[]): Promise<Row[]> {
    return inGoodTime(this.transactions, sql, values, search || list || tag ? TOO_WIDE : null);
  }

  async find(workspaceId: string, id: string): Promise<ContactRow | null> {
    const [row]: ContactRow[] = await this.transactions.manager.query(
      selectContact('select * from contacts where workspace_id = $1 and id = $2 and number_print is null'),
      [workspaceId, id],
    );
    return row ?? null;
  }

  /** The consent ledger of a contact, newest first; scopes are told by name: `list:News`, `program:Club`. */
  ledger(workspaceId: string, id: string): Promise<LedgerRow[]> {
    return this.transactions.manager.query(
      `select e.at, coalesce('list:' || l.name, 'program:' || p.name, e.scope) as scope, e.from_state as "from",
         e.to_state as "to", e.because, e.shown, e.evidence as given,
         e.message_id as "messageId"
       from consent_ledger e
         left join lists l on l.workspace_id = e.workspace_id and e.scope = 'list:' || l.key
         left join programs p on p.workspace_id = e.workspace_id and e.scope = 'program:' || p.id
       where e.workspace_id = $1 and e.contact_id = $2 order by e.id desc`,
      [workspaceId, id],
    );
  }

  async arms(workspaceId: string, id: string): Promise<Contact['arms']> {
    const rows: { experiment: string; arm: string; at: Date }[] = await this.transactions.manager.query(
      'select experiment, arm, assigned_at as at from arms where workspace_id = $1 and contact_id = $2 order by experiment',
      [workspaceId, id],
    );
    return rows.map(({ at, ...arm }) => ({ ...arm, at: at.toISOString() }));
  }

  /** Adds a contact. Returns its id: that of before, where somebody comes back who was erased. */
  async add(contact: ContactEntity): Promise<string> {
    await this.contacts.insert(contact);
    const { workspaceId, phone } = contact;
    return (await this.contacts.findOneByOrFail({ workspaceId, phone })).id;
  }

  /** Merges fields, null taking one away; false when there is no such contact. */
  async change(
    workspaceId: string,
    id: string,
    { language, fields, tags }: { language?: string | null; fields: Record<string, Scalar>; tags?: string[] },
  ): Promise<boolean> {
    const values: unknown[] = [workspaceId, id, JSON.stringify(fields)];
    const spoken = language === undefined ? '' : `, language = ${bind(values, language)}`;
    const tagged = tags === undefined ? '' : `, tags = ${bind(values, tags)}::text[]`;
    const [, changed]: [unknown, number] = await this.transactions.manager.query(
      `update contacts set fields = jsonb_strip_nulls(fields || $3::jsonb)${spoken}${tagged} where workspace_id = $1 and id = $2`,
      values,
    );
    return changed === 1;
  }

  /** The tags of the newest contacts, those of most of them first, and whether these are all contacts there are. */
  async tags(workspaceId: string): Promise<{ tags: { tag: string; people: number }[]; all: boolean }> {
    const rows: { tag: string | null; people: number }[] = await this.transactions.manager.query(
      `with looked as materialized (
         select tags from contacts where workspace_id = $1 and number_print is null order by id desc limit ${MOST_LOOKED_AT})
       select null as tag, count(*)::int as people from looked
       union all (
         select tag, count(*)::int from looked cross join unnest(tags) tag where tags <> '{}' group by 1
         order by 2 desc, 1 limit ${MOST_TAGS})`,
      [workspaceId],
    );
    const looked = rows.find(({ tag }) => tag === null)?.people ?? 0;
    const tags = rows.flatMap(({ tag, people }) => (tag === null ? [] : [{ tag, people }]));
    return { tags, all: looked < MOST_LOOKED_AT };
  }

  /** The names of all fields that some contact has, for the head of a table. */
  async fieldNames(workspaceId: string): Promise<string[]> {
    const rows: { name: string }[] = await this.transactions.manager.query(
      'select distinct jsonb_object_keys(fields) as name from contacts where workspace_id = $1 order by 1 limit 200',
      [workspaceId],
    );
    return rows.map(({ name }) => name);
  }
}

/** Whose tags are looked at before somebody is suggested some, and how many are. */
const MOST_LOOKED_AT = 100_000;
const MOST_TAGS = 200;

function conditions({ search, list, tag }: ContactsFilter, values: unknown[]): string {
  const where = ['c.workspace_id = $1', 'c.number_print is null'];
  if (search) where.push(searched(search, { words: [NAME_SQL], phone: 'c.phone' }, values));
  if (tag) where.push(`c.tags <> '{}' and c.tags @> array[${bind(values, tag)}::text]`);
  if (list) {
    where.push(`exists (select 1 from consents s where s.workspace_id = c.workspace_id and s.contact_id = c.id
      and s.scope = ${bind(values, `list:${list}`)})`);
  }
  return where.join(' and ');
}
