import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { PLACE } from './queue-sql.ts';
import type { ClaimedText } from './read-claimed.ts';
import { TOLD, tellDeliveries } from './deliveries/tell-deliveries.ts';

/** How a claimed text ended: gone for good, or due again. */
export interface Settled {
  text: ClaimedText;
  status: 'sent' | 'delivered' | 'failed' | 'cancelled' | 'expired' | 'queued';
  reason: string | null;
  gatewayMessageId: string | null;
  /** Whether the gateway will report what became of it under that id. */
  reports: boolean;
  /** When it is due again, for `queued`; milliseconds since 1970. */
  dueAt: number;
  /** Whether the gateway's own list says that the person has stopped the sender. */
  blocked?: boolean;
  /** For `queued`: a rule put it off, and the person's later texts need not wait. */
  held: boolean;
  /** What a rule puts off was no attempt. */
  untried?: boolean;
  /** How far its failures have worn it, for `queued`; as it was where left out. */
  worn?: number;
}

/**
 * Writes how texts ended, in one statement. What a delivery report has said meanwhile stands; a text that STOP cancelled
 * meanwhile stays cancelled unless it went out, and one that was put off until somebody has read a text waits on. A node that stood
 * still past its lease, or did not hear that this was written and writes it again, neither puts back nor gives up what another has
 * claimed since. Returns of how many there is something to be told.
 */
export async function settle(client: PoolClient, settled: readonly Settled[], now: number): Promise<number> {
  let told = 0;
  for (let left = settled; left.length > 0; ) {
    const written = await settleOnce(client, left, now);
    told += written.told;
    left = written.left;
  }
  return told;
}

/** What writing down came to. */
export interface Written {
  /** Of how many there is something to be told. */
  told: number;
  /** Those whose places in the queue somebody changed at that very moment: they stand there still, and are to be written again. */
  left: readonly Settled[];
}

async function settleOnce(client: PoolClient, settled: readonly Settled[], now: number): Promise<Written> {
  const { rows } = await client.query<{ told: number; left: string[] }>({
    name: 'outbox-settle',
    text: `with n as (
        select u.*, ${PLACE} as place
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::timestamptz[], $10::bool[], $12::bool[], $13::bool[], $14::int4[], $15::text[], $16::timestamptz[], $17::int4[])
          as u(workspace_id, contact_id, gateway_id, id, status, reason, gateway_message_id, reports, due_at, held, blocked, untried, attempts, claimed, leased_until, worn)),
      gone as (
        delete from outbox o using n where n.status <> 'queued' and o.ctid = n.place
          and (n.status in ('sent', 'delivered') or o.attempts = n.attempts and o.leased_until = n.leased_until)
        returning o.message_id),
      again as (
        update outbox o set due_at = greatest(o.due_at, n.due_at), held = n.held or o.due_at > $11::timestamptz, leased_until = '-infinity', worn = n.worn,
          attempts = case when n.untried then greatest(o.attempts - 1, 0) else o.attempts end
        from n where n.status = 'queued' and o.ctid = n.place and o.attempts = n.attempts and o.leased_until = n.leased_until
        returning o.message_id),
      known as (
        insert into carrier_ids (workspace_id, gateway_id, gateway_message_id, contact_id, message_id, sent_at)
        select workspace_id, gateway_id, gateway_message_id, contact_id, id, $11::timestamptz from n
        where n.reports and n.gateway_message_id is not null
        on conflict do nothing),
      moved as (update outbound m set
        status = case when m.status in ('queued', 'cancelled') then n.status else m.status end,
        reason = case when m.status in ('queued', 'cancelled') then n.reason else m.reason end,
        gateway_message_id = coalesce(n.gateway_message_id, m.gateway_message_id),
        sent_at = case when n.status in ('sent', 'delivered') then $11::timestamptz else m.sent_at end,
        never_left = n.status in ('failed', 'cancelled', 'expired') and n.attempts <= 1 and m.sent_at is null and m.replayed_at is null
      from n where m.workspace_id = n.workspace_id and m.id = n.id
        and (n.status in ('sent', 'delivered') or m.status = 'queued' and (n.place is null
          or n.id in (select message_id from gone) or n.id in (select message_id from again)))
      returning m.workspace_id, m.id, m.run_id, n.blocked,
        case when m.status = n.status then m.status end as status),
      ${tellDeliveries('moved', '$11::timestamptz')}
      select ${TOLD} as told, array(
        select n.id from n where n.place is not null
          and n.id not in (select message_id from gone) and n.id not in (select message_id from again)
          and (n.status in ('sent', 'delivered') or (
            select o.attempts = n.attempts and o.leased_until = n.leased_until from outbox o where o.ctid = n.place))) as left`,
    values: [
      columnOf('uuid', settled, ({ text }) => text.workspaceId),
      columnOf('uuid', settled, ({ text }) => text.contactId),
      columnOf('uuid', settled, ({ text }) => text.lane.gatewayId),
      columnOf('uuid', settled, ({ text }) => text.id),
      columnOf('text', settled, ({ status }) => status),
      columnOf('text', settled, ({ reason }) => reason),
      columnOf('text', settled, ({ gatewayMessageId }) => gatewayMessageId),
      columnOf('bool', settled, ({ reports }) => reports),
      columnOf('timestamptz', settled, ({ dueAt }) => dueAt),
      columnOf('bool', settled, ({ held }) => held),
      new Date(now),
      columnOf('bool', settled, ({ blocked }) => blocked ?? false),
      columnOf('bool', settled, ({ untried }) => untried ?? false),
      columnOf('int4', settled, ({ text }) => text.attempts),
      columnOf('text', settled, ({ text }) => text.place),
      columnOf('timestamptz', settled, ({ text }) => text.leasedUntil),
      columnOf('int4', settled, ({ text, worn }) => worn ?? text.worn),
    ],
  });
  const { told = 0, left = [] } = rows[0] ?? {};
  return { told, left: among(settled, left) };
}

/** The texts of these ids; nearly always none. */
export const among = (settled: readonly Settled[], ids: readonly string[]): readonly Settled[] =>
  ids.length === 0 ? NONE : settled.filter(({ text }) => ids.includes(text.id));

const NONE: readonly Settled[] = [];
