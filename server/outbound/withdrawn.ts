import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { stoppedAmong, workspacesOf } from './queue-sql.ts';
import type { ClaimedText } from './read-claimed.ts';

/**
 * Which of these claimed texts may not go any more. Rules are asked between the claim and the sending, and STOP may have been answered
 * meanwhile: it takes out what is claimed as well. So may the switch that stops all sending, or somebody who puts them off. Only these
 * are told, for there are none nearly always.
 */
export async function withdrawn(
  client: PoolClient,
  texts: readonly ClaimedText[],
  now: number,
): Promise<ReadonlySet<ClaimedText>> {
  if (texts.length === 0) return NONE;
  const { rows } = await client.query<{ id: string }>({
    name: 'outbox-withdrawn',
    text: `select k.id from (
        select unnest($1::text[])::tid as place, unnest($2::uuid[]) as workspace_id, unnest($3::uuid[]) as contact_id,
          unnest($4::uuid[]) as id, unnest($5::int4[]) as attempts, unnest($8::timestamptz[]) as leased_until offset 0) k
      where k.workspace_id = any(${stoppedAmong('$6')})
        or coalesce((
            select false from outbox o where o.ctid = k.place and o.message_id = k.id), (
            select false from outbox o where k.place is null and o.workspace_id = k.workspace_id and o.contact_id = k.contact_id
              and o.message_id = k.id and o.attempts = k.attempts
              and o.leased_until = k.leased_until and o.due_at <= $7), true)`,
    values: [
      columnOf('text', texts, ({ place }) => place),
      columnOf('uuid', texts, ({ workspaceId }) => workspaceId),
      columnOf('uuid', texts, ({ contactId }) => contactId),
      columnOf('uuid', texts, ({ id }) => id),
      columnOf('int4', texts, ({ attempts }) => attempts),
      workspacesOf(texts, ({ workspaceId }) => workspaceId),
      new Date(now),
      columnOf('timestamptz', texts, ({ leasedUntil }) => leasedUntil),
    ],
  });
  if (rows.length === 0) return NONE;
  const ids = new Set(rows.map(({ id }) => id));
  return new Set(texts.filter(({ id }) => ids.has(id)));
}

const NONE: ReadonlySet<ClaimedText> = new Set();
