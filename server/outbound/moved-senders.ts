import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import type { LeftBehind } from './lanes.ts';

/** So many follow their senders with one statement. */
export const PIECE = 2_000;

/**
 * Has texts follow senders that have moved to another gateway, but for what is claimed: that ends where it began, or follows once its
 * lease is over. What the old gateway made wait is due at once, and was tried once at most by now; what a rule has put off stays so.
 * Returns how many there were; after a whole piece there may be more.
 */
export async function followSenders(
  client: PoolClient,
  left: readonly LeftBehind[],
  now: number,
): Promise<number> {
  const { rows } = await client.query<{ followed: number }>({
    name: 'outbox-follow',
    text: `with due as (
        select o.place, l.gateway_id from unnest($2::uuid[], $3::int4[], $4::uuid[], $5::uuid[]) l(sender_id, rank, left_id, gateway_id)
        cross join lateral (
          select o.ctid as place from outbox o
          where o.gateway_id = l.left_id and o.sender_id = l.sender_id and o.rank = l.rank and o.leased_until <= $1
          limit ${PIECE} for update of o skip locked) o
        limit ${PIECE}),
      followed as (
        update outbox o set gateway_id = due.gateway_id, attempts = least(o.attempts, 1), worn = 0,
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
      columnOf('int4', left, ({ rank }) => rank),
      columnOf('uuid', left, ({ from }) => from),
      columnOf('uuid', left, ({ to }) => to),
    ],
  });
  return rows[0]?.followed ?? 0;
}
