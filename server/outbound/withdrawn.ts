import type { PoolClient } from 'pg';
import { binaryArray, columnOf } from '../database/binary-array.ts';
import type { ClaimedText } from './read-claimed.ts';

/**
 * Which of these claimed texts may not go any more. Rules are asked between the claim and the sending, and STOP may have been answered
 * meanwhile: it takes out what is claimed as well. So may the switch that stops all sending, or somebody who puts them off. Only these
 * are told, for there are none nearly always.
 */
export async function withdrawn(
  client: PoolClient,
  texts: readonly ClaimedText[],
): Promise<ReadonlySet<ClaimedText>> {
  if (texts.length === 0) return new Set();
  const { rows } = await client.query<{ n: number }>({
    name: 'outbox-withdrawn',
    text: `select (k.n - 1)::int4 as n from unnest($1::text[], $2::uuid[]) with ordinality k(place, id, n)
      left join lateral (select true as queued from outbox o where o.ctid = k.place::tid and o.message_id = k.id
        and o.workspace_id <> all (array(select w.id from workspaces w where w.id = any($3::uuid[]) and w.sending_stopped)) offset 0) o on true
      where o.queued is null`,
    values: [
      columnOf('text', texts, ({ place }) => place),
      columnOf('uuid', texts, ({ id }) => id),
      binaryArray('uuid', [...new Set(texts.map(({ workspaceId }) => workspaceId))]),
    ],
  });
  return new Set(rows.flatMap(({ n }) => texts[n] ?? []));
}
