import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import type { Waiting } from './backlog-rows.ts';
import type { Placed } from './place.ts';
import type { RunWork, Work } from './work.ts';

/**
 * The wake-ups among these that come before the text of the very step that waits has gone out, because hours, ceilings, a pace, a gateway
 * in trouble or a person keeps it, and when it goes out at the earliest. What is merely on its way is none of them.
 */
export async function readUnasked(
  client: PoolClient,
  placed: readonly Placed[],
  lastUnsent: Waiting['lastUnsent'],
  now: number,
): Promise<ReadonlyMap<Work, number>> {
  const wakes = placed.flatMap(({ work, contact }) =>
    work.kind === 'run' && work.happening.kind === 'wake' && lastUnsent.has(contact)
      ? [{ work, contactId: contact.id, runId: work.happening.runId }]
      : [],
  );
  if (wakes.length === 0) return new Map();
  const { rows } = await client.query<{ n: number; at: number }>({
    name: 'unasked',
    text: `select k.n::int4 - 1 as n, date_part('epoch', max(o.due_at)) * 1000 as at
      from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality k(workspace_id, contact_id, run_id, n)
      join workspaces w on w.id = k.workspace_id
      join runs r on r.workspace_id = k.workspace_id and r.id = k.run_id
      join outbox o on o.workspace_id = k.workspace_id and o.contact_id = k.contact_id
      join gateways g on g.id = o.gateway_id
      left join senders s on s.id = o.sender_id
      join outbound m on m.workspace_id = o.workspace_id and m.id = o.message_id and m.run_id = r.id and m.node = r.node
      where o.held or o.due_at > $4 or w.sending_stopped or g.config ? 'perSecond'
        or exists (select from senders c where c.workspace_id = s.workspace_id and (c.id = s.id or c.campaign = s.campaign) and c.per_second is not null)
        or exists (select from gateway_troubles t where t.gateway_id = g.id)
      group by 1`,
    values: [
      columnOf('uuid', wakes, ({ work }) => work.workspaceId),
      columnOf('uuid', wakes, ({ contactId }) => contactId),
      columnOf('uuid', wakes, ({ runId }) => runId),
      new Date(now),
    ],
  });
  const unasked = new Map<RunWork, number>();
  for (const { n, at } of rows) {
    const wake = wakes[n];
    if (wake) unasked.set(wake.work, at);
  }
  return unasked;
}
