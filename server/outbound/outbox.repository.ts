import type { PoolClient } from 'pg';
import { binaryArray } from '../database/binary-array.ts';

/** A text that is leased to this process until it is sent, or for a minute. */
export interface ClaimedText {
  workspace_id: string;
  id: string;
  contact_id: string;
  run_id: string | null;
  sender_id: string;
  gateway_id: string;
  gateway_kind: string;
  gateway_config: Record<string, unknown>;
  to: string;
  from: string;
  text: string;
  attempts: number;
  due_at: number;
}

/** How long a claimed text is left alone before another claim may take it, in seconds. */
const LEASE_SECONDS = 60;

/**
 * Claims due texts, the oldest of each contact only, so that a long message is never overtaken by the next short one. Skips
 * workspaces whose sending is stopped. STOP has already deleted what must not go. The outbox is empty whenever PostgreSQL looks
 * at its size, and full in a burst, so nothing here is left to a planner's choice: subqueries and `offset 0` are fences.
 */
export async function claim(client: PoolClient, now: number, most: number): Promise<ClaimedText[]> {
  const { rows } = await client.query<ClaimedText>({
    name: 'outbox-claim',
    text: `with due as (
        select o.ctid as place, o.due_at from outbox o
        where o.due_at <= $1
          and not (select w.sending_stopped from workspaces w where w.id = o.workspace_id)
          and o.message_id = (
            select e.message_id from outbox e where e.workspace_id = o.workspace_id and e.contact_id = o.contact_id
            order by e.message_id limit 1)
        order by o.due_at limit $2 for update of o skip locked),
      leased as (
        update outbox o set due_at = $1::timestamptz + interval '${LEASE_SECONDS} seconds', attempts = o.attempts + 1
        from due where o.ctid = due.place
        returning o.workspace_id, o.contact_id, o.message_id, o.attempts, due.due_at as was_due)
      select l.workspace_id, l.message_id as id, l.contact_id, m.run_id, m.sender_id, m.gateway_id, g.kind as gateway_kind, g.config as gateway_config,
        c.phone as "to", s.address as "from", m.text, l.attempts, (extract(epoch from l.was_due) * 1000)::float8 as due_at
      from leased l
      cross join lateral (select * from outbound m where m.workspace_id = l.workspace_id and m.id = l.message_id offset 0) m
      cross join lateral (select phone from contacts c where c.workspace_id = l.workspace_id and c.id = l.contact_id offset 0) c
      join senders s on s.id = m.sender_id join gateways g on g.id = m.gateway_id
      order by l.message_id`,
    values: [new Date(now), most],
  });
  return rows;
}

/** How a claimed text ended: gone for good, or due again. */
export interface Settled {
  text: ClaimedText;
  status: 'sent' | 'delivered' | 'failed' | 'queued';
  reason: string | null;
  gatewayMessageId: string | null;
  /** When it is due again, for `queued`; milliseconds since 1970. */
  dueAt: number;
}

/** Writes how a round of texts ended, in one statement. A text that STOP cancelled meanwhile stays cancelled. */
export async function settle(client: PoolClient, settled: readonly Settled[], now: number): Promise<void> {
  if (settled.length === 0) return;
  await client.query({
    name: 'outbox-settle',
    text: `with n as (
        select u.*, (
          select o.ctid from outbox o
          where o.workspace_id = u.workspace_id and o.contact_id = u.contact_id and o.message_id = u.id) as place
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
          as u(workspace_id, contact_id, id, status, reason, gateway_message_id, due_at)),
      gone as (
        delete from outbox o using n where n.status <> 'queued' and o.ctid = n.place),
      again as (
        update outbox o set due_at = n.due_at from n where n.status = 'queued' and o.ctid = n.place)
      update outbound m set status = n.status, reason = n.reason, gateway_message_id = coalesce(n.gateway_message_id, m.gateway_message_id),
        sent_at = case when n.status in ('sent', 'delivered') then $8::timestamptz else m.sent_at end
      from n where m.workspace_id = n.workspace_id and m.id = n.id
        and (m.status = 'queued' or n.status in ('sent', 'delivered'))`,
    values: [
      binaryArray(
        'uuid',
        settled.map(({ text }) => text.workspace_id),
      ),
      binaryArray(
        'uuid',
        settled.map(({ text }) => text.contact_id),
      ),
      binaryArray(
        'uuid',
        settled.map(({ text }) => text.id),
      ),
      binaryArray(
        'text',
        settled.map(({ status }) => status),
      ),
      binaryArray(
        'text',
        settled.map(({ reason }) => reason),
      ),
      binaryArray(
        'text',
        settled.map(({ gatewayMessageId }) => gatewayMessageId),
      ),
      binaryArray(
        'timestamptz',
        settled.map(({ dueAt }) => dueAt),
      ),
      new Date(now),
    ],
  });
}
