import { Injectable } from '@nestjs/common';
import { BEFORE_ALL } from '../common/ids.ts';
import { Transactions } from '../database/transactions.ts';
import type { StoredEntry } from './chain.ts';

/** How a consent stands, as the runtime reads it. */
export interface Standing {
  contactId: string;
  scope: string;
  state: string;
  /** Null in consents from before it was kept. */
  because: string | null;
  /** Milliseconds since 1970. */
  since: number;
  head: Buffer;
}

/** Where an entry and its contact are not of the same number. */
export interface Misnumbered {
  contactId: string;
  scope: string;
  entryId: string;
  at: number;
}

/** A day of the ledger, sealed. */
export interface Anchor {
  day: string;
  entries: number;
  hash: Buffer;
}

const ENTRY = `e.workspace_id as "workspaceId", e.contact_id as "contactId", e.id, e.scope,
    (extract(epoch from e.at) * 1000)::float8 as at, e.from_state as "from", e.to_state as "to", e.because, e.shown,
    e.evidence as given, e.message_id as "messageId", e.person_id as "personId", e.salt, e.seal, e.previous, e.hash`;

/** Reads the consent ledger from end to end, a page at a time. The runtime writes it. */
@Injectable()
export class LedgerRepository {
  constructor(private readonly transactions: Transactions) {}

  private get database() {
    return this.transactions.manager;
  }

  /** Everything that `work` reads is of one moment, however long it takes and whatever is written meanwhile. */
  atOneMoment<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.transactions.run(async () => {
      await this.database.query('set transaction isolation level repeatable read, read only');
      return work();
    });
  }

  async workspaces(): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query('select id from workspaces order by id');
    return rows.map(({ id }) => id);
  }

  /** Entries of a workspace, each contact's together and in their order. */
  async *entries(workspaceId: string, size = 2_000): AsyncGenerator<StoredEntry[]> {
    let [contact, id] = [BEFORE_ALL, BEFORE_ALL];
    for (;;) {
      const page: StoredEntry[] = await this.database.query(
        `select ${ENTRY} from consent_ledger e where e.workspace_id = $1 and (e.contact_id, e.id) > ($2, $3)
         order by e.contact_id, e.id limit $4`,
        [workspaceId, contact, id, size],
      );
      const last = page.at(-1);
      if (!last) return;
      yield page;
      [contact, id] = [last.contactId, last.id];
    }
  }

  ofContact(workspaceId: string, contactId: string): Promise<StoredEntry[]> {
    return this.database.query(
      `select ${ENTRY} from consent_ledger e where e.workspace_id = $1 and e.contact_id = $2 order by e.id`,
      [workspaceId, contactId],
    );
  }

  /** How the consents of these contacts stand. */
  standings(workspaceId: string, contactIds: readonly string[]): Promise<Standing[]> {
    return this.database.query(
      `select contact_id as "contactId", scope, state, because, (extract(epoch from since) * 1000)::float8 as since, head
       from consents where workspace_id = $1 and contact_id = any($2::uuid[])`,
      [workspaceId, contactIds],
    );
  }

  /** A consent of a contact that has no ledger at all. */
  async baseless(workspaceId: string): Promise<Pick<Standing, 'contactId' | 'scope'> | null> {
    const [row]: Pick<Standing, 'contactId' | 'scope'>[] = await this.database.query(
      `select c.contact_id as "contactId", c.scope from consents c where workspace_id = $1
         and not exists (select 1 from consent_ledger e where e.workspace_id = c.workspace_id and e.contact_id = c.contact_id)
       limit 1`,
      [workspaceId],
    );
    return row ?? null;
  }

  /** An entry whose text came from another number than its contact has, by the last digits: carriers write the first ones as they like. */
  async misnumbered(workspaceId: string): Promise<Misnumbered | null> {
    const [row]: Misnumbered[] = await this.database.query(
      `select e.contact_id as "contactId", e.scope, e.id as "entryId", (extract(epoch from e.at) * 1000)::float8 as at
       from consent_ledger e
         join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id and c.number_print is null
         join inbound i on i.workspace_id = e.workspace_id and i.id = e.message_id
         cross join lateral (select right(regexp_replace(i.from_address, '[^0-9]', '', 'g'), 7) as digits) f
       where e.workspace_id = $1 and f.digits <> '' and f.digits <> right(c.phone, length(f.digits)) limit 1`,
      [workspaceId],
    );
    return row ?? null;
  }

  async anchors(workspaceId: string): Promise<Anchor[]> {
    return this.database.query(
      `select to_char(day, 'YYYY-MM-DD') as day, entries::int, hash from consent_anchors where workspace_id = $1 order by day`,
      [workspaceId],
    );
  }

  /** False where another node has sealed the day. */
  async anchor(workspaceId: string, { day, entries, hash }: Anchor, now: number): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `insert into consent_anchors (workspace_id, day, entries, hash, made_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning day`,
      [workspaceId, day, entries, hash, new Date(now)],
    );
    return rows.length > 0;
  }

  /** The day of the first entry after this one, or null. */
  async firstDay(workspaceId: string, after: Date): Promise<string | null> {
    const [row]: { day: string | null }[] = await this.database.query(
      `select to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD') as day from consent_ledger where workspace_id = $1 and at >= $2`,
      [workspaceId, after],
    );
    return row?.day ?? null;
  }

  /** Whether texts of the workspace that were accepted before then still wait to be decided, and so may write into that day. */
  async isUndecided(workspaceId: string, before: Date): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `select 1 from inbound where workspace_id = $1 and status = 'pending' and received_at < $2 limit 1`,
      [workspaceId, before],
    );
    return rows.length > 0;
  }

  /** The hashes of a day's entries, in the order of their ids. */
  async *hashes(workspaceId: string, from: Date, to: Date, size = 10_000): AsyncGenerator<Buffer[]> {
    let last = BEFORE_ALL;
    for (;;) {
      const page: { id: string; hash: Buffer }[] = await this.database.query(
        `select id, hash from consent_ledger where workspace_id = $1 and at >= $2 and at < $3 and id > $4 order by id limit $5`,
        [workspaceId, from, to, last, size],
      );
      if (page.length === 0) return;
      yield page.map(({ hash }) => hash);
      last = page.at(-1)?.id ?? last;
    }
  }
}
