import type { Accepted, InboundReply } from '#shared/api/inbound.ts';
import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { batchStatement, type WriteSet } from '../database/write-set.ts';
import { dequeue } from './backlog-rows.ts';
import type { ContactRow } from '../runtime/read-facts.ts';
import type { TextWork } from './work.ts';

/** Texts of nobody we know are deduplicated under this id. */
export const NO_CONTACT = '00000000-0000-0000-0000-000000000000';

const insertInbound = batchStatement(
  'inbound_rows',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    gateway_id: 'uuid',
    sender_id: 'uuid',
    from_address: 'text',
    to_address: 'text',
    text: 'text',
    gateway_message_id: 'text',
    status: 'text',
    reason: 'text',
    route: 'json',
    extra: 'json',
    received_at: 'timestamptz',
  },
  (
    rows,
  ) => `insert into inbound (workspace_id, id, contact_id, gateway_id, sender_id, from_address, to_address, text,
      gateway_message_id, status, reason, route, extra, received_at)
    select * from ${rows}`,
);

const updateInbound = batchStatement(
  'inbound_updates',
  {
    workspace_id: 'uuid',
    id: 'uuid',
    contact_id: 'uuid',
    sender_id: 'uuid',
    text: 'text',
    status: 'text',
    reason: 'text',
    route: 'json',
  },
  (
    rows,
  ) => `update inbound i set contact_id = n.contact_id, sender_id = n.sender_id, text = n.text, status = n.status, reason = n.reason, route = n.route
    from ${rows} where i.workspace_id = n.workspace_id and i.id = n.id`,
);

/** What became of an inbound text, as it is stored. */
export interface InboundFate {
  contactId: string | null;
  senderId: string | null;
  status: Accepted['status'];
  reason: string | null;
  route: string | null;
}

/** Stores a text with its fate; one that is there already gets it. What is no longer pending leaves the backlog. */
export function writeInbound(work: TextWork, fate: InboundFate, writes: WriteSet): void {
  const { contactId, senderId, status, reason, route } = fate;
  if (status !== 'pending') dequeue(work, writes);
  if (work.stored)
    writes.add(updateInbound, {
      workspace_id: work.workspaceId,
      id: work.id,
      contact_id: contactId,
      sender_id: senderId,
      text: work.text,
      status,
      reason,
      route,
    });
  else
    writes.add(insertInbound, {
      workspace_id: work.workspaceId,
      id: work.id,
      contact_id: contactId,
      gateway_id: work.gatewayId,
      sender_id: senderId,
      from_address: work.from,
      to_address: work.to,
      text: work.text,
      gateway_message_id: work.gatewayMessageId,
      status,
      reason,
      route,
      extra: work.extra,
      received_at: work.at,
    });
}

/** A gateway's id as it is claimed: the first to claim it is decided, every other is a repeat of it. */
export interface Claim {
  work: TextWork;
  contactId: string;
  /** The stored text that it becomes, or a part of. */
  inboundId: string;
}

/**
 * Claims the gateway's ids under the contacts' locks. Returns, for each work that is a repeat, the id of the text it repeats.
 * A statement does not see what it could not insert, nor who won a race for the id of a stranger's text, which is claimed under no
 * lock: when not every id was new, another looks.
 */
export async function claimIds(
  client: PoolClient,
  claims: readonly Claim[],
): Promise<ReadonlyMap<TextWork, string>> {
  const repeats = new Map<TextWork, string>();
  if (claims.length === 0) return repeats;
  const keys = [
    columnOf('uuid', claims, ({ work }) => work.workspaceId),
    columnOf('uuid', claims, ({ contactId }) => contactId),
    columnOf('uuid', claims, ({ work }) => work.gatewayId),
    columnOf('text', claims, ({ work }) => claimedId(work)),
    columnOf('uuid', claims, ({ inboundId }) => inboundId),
  ];
  const fresh = await client.query({
    name: 'claim-ids',
    text: `insert into dedupe (workspace_id, contact_id, gateway_id, gateway_message_id, inbound_id, received_at)
      select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::text[]), unnest($5::uuid[]), unnest($6::timestamptz[])
      on conflict do nothing`,
    values: [...keys, columnOf('timestamptz', claims, ({ work }) => work.at)],
  });
  if (fresh.rowCount === claims.length) return repeats;
  const { rows } = await client.query<{ n: number; inbound_id: string }>({
    name: 'find-repeats',
    // A row of this very text (a batch that is decided again) is no repeat.
    text: `select n.n::int - 1 as n, d.inbound_id
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[])
        with ordinality as n(workspace_id, contact_id, gateway_id, gateway_message_id, inbound_id, n)
      join dedupe d using (workspace_id, contact_id, gateway_id, gateway_message_id)
      where d.inbound_id <> n.inbound_id`,
    values: keys,
  });
  for (const row of rows) {
    const claim = claims[row.n];
    if (claim) repeats.set(claim.work, row.inbound_id);
  }
  return repeats;
}

/** Parts of a text may share their gateway's id. */
const claimedId = ({ gatewayMessageId, part }: TextWork): string =>
  part ? `${gatewayMessageId} (${part.reference}: ${part.number}/${part.total})` : (gatewayMessageId ?? '');

/** Gives back what was claimed for contacts that there are none of. */
export async function disclaimIds(client: PoolClient, contacts: readonly ContactRow[]): Promise<void> {
  await client.query({
    name: 'disclaim-ids',
    text: `delete from dedupe d using unnest($1::uuid[], $2::uuid[]) k(workspace_id, contact_id)
      where d.workspace_id = k.workspace_id and d.contact_id = k.contact_id`,
    values: [
      columnOf('uuid', contacts, (contact) => contact.workspace_id),
      columnOf('uuid', contacts, (contact) => contact.id),
    ],
  });
}

/** Gives back what was claimed for texts of nobody we know that come again: who sent one would be told that it is stored. */
export async function disclaimStrays(client: PoolClient, works: readonly TextWork[]): Promise<void> {
  const claimed = works.filter(({ gatewayMessageId }) => gatewayMessageId !== null);
  if (claimed.length === 0) return;
  await client.query({
    name: 'disclaim-strays',
    text: `delete from dedupe d using unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
        k(workspace_id, gateway_id, gateway_message_id, inbound_id)
      where d.workspace_id = k.workspace_id and d.contact_id = $5 and d.gateway_id = k.gateway_id
        and d.gateway_message_id = k.gateway_message_id and d.inbound_id = k.inbound_id`,
    values: [
      columnOf('uuid', claimed, (work) => work.workspaceId),
      columnOf('uuid', claimed, (work) => work.gatewayId),
      columnOf('text', claimed, claimedId),
      columnOf('uuid', claimed, ({ id }) => id),
      NO_CONTACT,
    ],
  });
}

interface RepeatRow {
  id: string;
  status: 'decided' | 'pending' | 'set-aside';
  reason: string | null;
  replies: InboundReply[] | null;
}

/** The answers that the first copies of repeated texts were given. */
export async function readAnswers(
  client: PoolClient,
  repeats: ReadonlyMap<TextWork, string>,
): Promise<ReadonlyMap<TextWork, Accepted>> {
  const answers = new Map<TextWork, Accepted>();
  if (repeats.size === 0) return answers;
  const works = [...repeats.keys()];
  const { rows } = await client.query<RepeatRow>({
    name: 'repeat-answers',
    text: `select i.id, i.status, i.reason,
        (select json_agg(json_build_object('to', c.phone, 'from', coalesce(s.address, i.to_address), 'text', o.text) order by o.id)
         from outbound o left join senders s on s.id = o.sender_id join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
         where o.workspace_id = i.workspace_id and o.contact_id = i.contact_id and o.cause_id = i.id) as replies
      from unnest($1::uuid[], $2::uuid[]) k(workspace_id, id)
      join inbound i on i.workspace_id = k.workspace_id and i.id = k.id`,
    values: [
      columnOf('uuid', works, (work) => work.workspaceId),
      columnOf('uuid', works, (work) => repeats.get(work) ?? ''),
    ],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [work, id] of repeats) {
    const row = byId.get(id);
    answers.set(work, {
      accepted: true,
      status: row?.status ?? 'decided',
      id,
      replies: row?.replies ?? [],
      duplicate: true,
      ...(row?.reason ? { reason: row.reason } : {}),
    });
  }
  return answers;
}
