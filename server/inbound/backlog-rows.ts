import type { PoolClient } from 'pg';
import { parsePhone } from '#shared/sms/phone.ts';
import { columnOf } from '../database/binary-array.ts';
import { batchStatement, type WriteSet } from '../database/write-set.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import { STORED_TEXT, storedText, type StoredTextRow } from './stored-text.ts';
import type { TextWork } from './work.ts';

/** The backlog is worked off in this many shares of the contacts, each by one node at a time. */
export const SHARDS = 8;

const insertBacklog = batchStatement(
  'backlog_rows',
  { workspace_id: 'uuid', contact_id: 'uuid', inbound_id: 'uuid', shard: 'int4', gateway_id: 'uuid' },
  (rows) =>
    `insert into backlog (workspace_id, contact_id, inbound_id, shard, gateway_id) select * from ${rows}`,
);

const deleteBacklog = batchStatement(
  'backlog_deletes',
  { workspace_id: 'uuid', contact_id: 'uuid', seq: 'text' },
  (rows) => `delete from backlog b using ${rows}
    where b.workspace_id = n.workspace_id and b.contact_id = n.contact_id and b.seq = n.seq::bigint`,
);

/** Puts a stored text at the end of its contact's backlog. The caller holds the contact. */
export function enqueue(
  work: Pick<TextWork, 'workspaceId' | 'id' | 'gatewayId'>,
  contactId: string,
  writes: WriteSet,
): void {
  const shard = Number.parseInt(contactId.slice(-4), 16) % SHARDS;
  writes.add(insertBacklog, {
    workspace_id: work.workspaceId,
    contact_id: contactId,
    inbound_id: work.id,
    shard,
    gateway_id: work.gatewayId,
  });
}

/** Takes a text out of the backlog, if it stands there. */
export function dequeue({ workspaceId, backlog }: TextWork, writes: WriteSet): void {
  if (!backlog) return;
  writes.add(deleteBacklog, { workspace_id: workspaceId, contact_id: backlog.contactId, seq: backlog.seq });
}

/** What waits of the contacts of a batch. Under the contacts' locks it cannot change, except that texts leave. */
export interface Waiting {
  /** The first text in the backlog of each contact that has one. */
  heads: ReadonlyMap<ContactRow, string>;
  /** The id of the last text in the queue to each, sent or not. */
  lastUnsent: ReadonlyMap<ContactRow, string>;
}

/** Reads where the queues of contacts begin, those of texts in, and where they end, those of texts out. New contacts have none. */
export async function readWaiting(client: PoolClient, contacts: readonly ContactRow[]): Promise<Waiting> {
  const heads = new Map<ContactRow, string>();
  const lastUnsent = new Map<ContactRow, string>();
  const met = contacts.filter(({ known }) => known);
  if (met.length === 0) return { heads, lastUnsent };
  const { rows } = await client.query<{ n: number; seq: string | null; unsent: string | null }>({
    name: 'waiting',
    text: `select k.n::int4 - 1 as n, b.seq::text, o.message_id as unsent
      from unnest($1::uuid[], $2::uuid[]) with ordinality k(workspace_id, contact_id, n)
      left join lateral (select b.seq from backlog b
        where b.workspace_id = k.workspace_id and b.contact_id = k.contact_id order by b.seq limit 1) b on true
      left join lateral (select o.message_id from outbox o
        where o.workspace_id = k.workspace_id and o.contact_id = k.contact_id order by o.message_id desc limit 1) o on true
      where b.seq is not null or o.message_id is not null`,
    values: [
      columnOf('uuid', met, (contact) => contact.workspace_id),
      columnOf('uuid', met, (contact) => contact.id),
    ],
  });
  for (const { n, seq, unsent } of rows) {
    const contact = met[n];
    if (!contact) continue;
    if (seq !== null) heads.set(contact, seq);
    if (unsent !== null) lastUnsent.set(contact, unsent);
  }
  return { heads, lastUnsent };
}

interface BacklogRow extends StoredTextRow {
  seq: string;
  contact_id: string;
  phone: string | null;
  at: number;
}

/**
 * The next texts of a share, as work that is stored already: of each gateway as many, in the order in which they were accepted, and one
 * of each in turn, so that however much waits of one, the others' do not wait behind it. What stands behind an older text that its
 * person sent through another gateway is passed over until that is decided.
 */
export async function readBacklog(
  client: PoolClient,
  shard: number,
  most: number,
): Promise<Omit<TextWork, 'done'>[]> {
  const { rows } = await client.query<BacklogRow>({
    name: 'read-backlog',
    text: `with recursive gateways as (
        (select b.gateway_id from backlog b where b.shard = $1 order by b.gateway_id limit 1)
        union all
        select n.gateway_id from gateways g cross join lateral (
          select b.gateway_id from backlog b where b.shard = $1 and b.gateway_id > g.gateway_id order by b.gateway_id limit 1) n),
      first as (
        select b.*, row_number() over (partition by b.gateway_id order by b.seq) as turn
        from (select gateway_id, count(*) over () as gateways from gateways) g
        cross join lateral (
          select b.* from backlog b
          where b.shard = $1 and b.gateway_id = g.gateway_id and not exists (
            select from backlog e where e.workspace_id = b.workspace_id and e.contact_id = b.contact_id and e.seq < b.seq
              and e.gateway_id <> b.gateway_id)
          order by b.seq limit ceil($2::float8 / g.gateways)) b)
      select ${STORED_TEXT}, b.seq::text, b.contact_id, c.phone, (extract(epoch from i.received_at) * 1000)::float8 as at
      from first b join inbound i on i.workspace_id = b.workspace_id and i.id = b.inbound_id
        left join contacts c on c.workspace_id = b.workspace_id and c.id = b.contact_id
      order by b.turn, b.seq`,
    values: [shard, most],
  });
  return rows.map((row) => ({
    phone: row.phone ?? parsePhone(row.from_address)?.e164 ?? row.from_address,
    reachable: true,
    at: row.at,
    backlog: { contactId: row.contact_id, seq: row.seq },
    ...storedText(row),
  }));
}
