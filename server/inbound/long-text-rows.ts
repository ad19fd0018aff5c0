import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { batchStatement, type WriteSet } from '../database/write-set.ts';
import type { TextPart } from '../gateways/gateway.ts';
import type { TextWork } from './work.ts';

/** A text that comes in parts, as far as it has come. Times are milliseconds since 1970. */
export interface LongText {
  workspaceId: string;
  contactId: string;
  gatewayId: string;
  to: string;
  /** Common to its parts, with their number. */
  reference: string;
  inboundId: string;
  /** Null while a part is missing. */
  parts: readonly (string | null)[];
  firstAt: number;
  /** When it is decided with gaps; once it is done, when it is forgotten. */
  dueAt: number;
  /** Decided, or handed over to be. */
  done: boolean;
}

const upsertLongText = batchStatement(
  'long_text_rows',
  {
    workspace_id: 'uuid',
    contact_id: 'uuid',
    gateway_id: 'uuid',
    to_address: 'text',
    reference: 'text',
    inbound_id: 'uuid',
    parts: 'text',
    first_at: 'timestamptz',
    due_at: 'timestamptz',
    done: 'bool',
  },
  (
    rows,
  ) => `insert into long_texts (workspace_id, contact_id, gateway_id, to_address, reference, inbound_id, parts, first_at, due_at, done)
    select workspace_id, contact_id, gateway_id, to_address, reference, inbound_id, parts::json, first_at, due_at, done from ${rows}
    on conflict (workspace_id, contact_id, gateway_id, to_address, reference) do update
    set inbound_id = excluded.inbound_id, parts = excluded.parts, first_at = excluded.first_at, due_at = excluded.due_at,
      done = excluded.done`,
);

const dropStored = batchStatement(
  'inbound_drops',
  { workspace_id: 'uuid', id: 'uuid' },
  (rows) => `delete from inbound i using ${rows} where i.workspace_id = n.workspace_id and i.id = n.id`,
);

/** Forgets that a part was set aside as a text of its own: it stands in the whole text from now on. */
export function dropStoredPart({ workspaceId, id }: TextWork, writes: WriteSet): void {
  writes.add(dropStored, { workspace_id: workspaceId, id });
}

/** Stores how far a long text has come. The caller holds its contact. */
export function writeLongText(text: LongText, writes: WriteSet): void {
  writes.add(upsertLongText, {
    workspace_id: text.workspaceId,
    contact_id: text.contactId,
    gateway_id: text.gatewayId,
    to_address: text.to,
    reference: text.reference,
    inbound_id: text.inboundId,
    parts: JSON.stringify(text.parts),
    first_at: text.firstAt,
    due_at: text.dueAt,
    done: text.done,
  });
}

/** A part whose contact is held. */
export interface HeldPart {
  work: TextWork;
  part: TextPart;
  contactId: string;
}

export const referenceOf = ({ reference, total }: TextPart): string => `${reference}/${total}`;

/** The long texts that these parts belong to, in their order; undefined where a part is the first of its text. */
export async function readLongTexts(
  client: PoolClient,
  parts: readonly HeldPart[],
): Promise<(LongText | undefined)[]> {
  if (parts.length === 0) return [];
  const { rows } = await client.query<LongText & { n: number }>({
    name: 'long-texts',
    text: `select k.n::int - 1 as n, l.workspace_id as "workspaceId", l.contact_id as "contactId", l.gateway_id as "gatewayId",
        l.to_address as "to", l.reference, l.inbound_id as "inboundId", l.parts, (extract(epoch from l.first_at) * 1000)::float8 as "firstAt",
        (extract(epoch from l.due_at) * 1000)::float8 as "dueAt", l.done
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
        with ordinality as k(workspace_id, contact_id, gateway_id, to_address, reference, n)
      join long_texts l using (workspace_id, contact_id, gateway_id, to_address, reference)`,
    values: [
      columnOf('uuid', parts, ({ work }) => work.workspaceId),
      columnOf('uuid', parts, ({ contactId }) => contactId),
      columnOf('uuid', parts, ({ work }) => work.gatewayId),
      columnOf('text', parts, ({ work }) => work.to),
      columnOf('text', parts, ({ part }) => referenceOf(part)),
    ],
  });
  const found = new Map(rows.map(({ n, ...text }) => [n, text]));
  return parts.map((_, n) => found.get(n));
}
