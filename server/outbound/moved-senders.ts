import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';

/** So many follow their senders with one statement. */
export const PIECE = 2_000;

/** What a sender has left in the queue of the gateway that it came from. */
interface LeftBehind {
  senderId: string;
  from: string;
  to: string;
}

/**
 * Has texts follow senders that have moved to another gateway, but for what is claimed: that ends where it began, or follows once its
 * lease is over. Returns how many there were; after a whole piece there may be more.
 */
export async function followSenders(client: PoolClient, now: number): Promise<number> {
  const left = await leftBehind(client);
  return left.length === 0 ? 0 : await follow(client, left, now);
}

/** Looks before anything is written, for there is nearly never any: whoever holds the texts' table holds up no claim by that. */
async function leftBehind(client: PoolClient): Promise<LeftBehind[]> {
  const { rows } = await client.query<LeftBehind>({
    name: 'outbox-left-behind',
    text: `with recursive lane as (
        (select o.gateway_id, o.sender_id from outbox o order by o.gateway_id, o.sender_id limit 1)
        union all
        select n.gateway_id, n.sender_id from lane l cross join lateral (
          select o.gateway_id, o.sender_id from outbox o where (o.gateway_id, o.sender_id) > (l.gateway_id, l.sender_id)
          order by o.gateway_id, o.sender_id limit 1) n)
      select l.sender_id as "senderId", l.gateway_id as "from", s.gateway_id as "to"
      from lane l join senders s on s.id = l.sender_id and s.gateway_id <> l.gateway_id`,
  });
  return rows;
}

/** What the old gateway made wait is due at once, and was tried once at most by now; what a rule has put off stays so. */
async function follow(client: PoolClient, left: readonly LeftBehind[], now: number): Promise<number> {
  const { rows } = await client.query<{ followed: number }>({
    name: 'outbox-follow',
    text: `with due as (
        select o.place, l.gateway_id from unnest($2::uuid[], $3::uuid[], $4::uuid[]) l(sender_id, left_id, gateway_id)
        cross join lateral (
          select o.ctid as place from outbox o
          where o.gateway_id = l.left_id and o.sender_id = l.sender_id and o.leased_until <= $1
          limit ${PIECE} for update of o skip locked) o
        limit ${PIECE}),
      followed as (
        update outbox o set gateway_id = due.gateway_id, attempts = least(o.attempts, 1),
          due_at = case when o.held or o.attempts = 0 then o.due_at else least(o.due_at, $1::timestamptz) end
        from due where o.ctid = due.place
        returning o.workspace_id, o.message_id, o.gateway_id),
      known as (
        update outbound m set gateway_id = f.gateway_id from followed f
        where m.workspace_id = f.workspace_id and m.id = f.message_id)
      select count(*)::int as followed from followed`,
    values: [
      new Date(now),
      columnOf('uuid', left, ({ senderId }) => senderId),
      columnOf('uuid', left, ({ from }) => from),
      columnOf('uuid', left, ({ to }) => to),
    ],
  });
  return rows[0]?.followed ?? 0;
}
