import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import type { Leased } from './claim.ts';

/**
 * Puts claimed texts back as if nobody had claimed them, due again at `dueAt`, or null as they were or somebody has put them off
 * meanwhile; the same people's later texts wait behind them. What another node has claimed since stays with it: its lease is another,
 * also where it was put back in between and counts as many attempts.
 */
export async function putBack(
  client: PoolClient,
  texts: readonly Leased[],
  dueAt: number | null,
): Promise<void> {
  await client.query({
    name: 'outbox-put-back',
    text: `update outbox o set leased_until = '-infinity', due_at = coalesce($4::timestamptz, o.due_at), attempts = greatest(o.attempts - 1, 0)
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $5::int4[], $6::timestamptz[])
        k(workspace_id, contact_id, message_id, attempts, leased_until)
      where o.workspace_id = k.workspace_id and o.contact_id = k.contact_id and o.message_id = k.message_id
        and o.attempts = k.attempts and o.leased_until = k.leased_until`,
    values: [
      columnOf('uuid', texts, ({ lane }) => lane.workspaceId),
      columnOf('uuid', texts, ({ contactId }) => contactId),
      columnOf('uuid', texts, ({ id }) => id),
      dueAt === null ? null : new Date(dueAt),
      columnOf('int4', texts, ({ attempts }) => attempts),
      columnOf('timestamptz', texts, ({ leasedUntil }) => leasedUntil),
    ],
  });
}
