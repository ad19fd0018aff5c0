import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { PLACE } from './queue-sql.ts';
import { among, type Settled, type Written } from './settle.ts';

/** Whether a text fared as nearly all do: its gateway took it, under an id of its own. */
export const wasTaken = ({ status, gatewayMessageId, blocked }: Settled): boolean =>
  (status === 'sent' || status === 'delivered') && gatewayMessageId !== null && !blocked;

/**
 * What `settle` does, for texts that were taken and nothing else, at two thirds of the cost: nothing has to be weighed, and gateways are
 * believed that their ids are new. One that is not fails the whole statement with a unique violation, and nothing is written. There is
 * something to be told of those that arrived at once, where a run waits for that.
 */
export async function settleTaken(
  client: PoolClient,
  taken: readonly Settled[],
  now: number,
): Promise<Written> {
  const { rows } = await client.query<{ told: number; left: string[] }>({
    name: 'outbox-settle-taken',
    text: `with n as materialized (
        select u.*, ${PLACE} as place
        from (
          select unnest($1::uuid[]) as workspace_id, unnest($2::uuid[]) as contact_id, unnest($3::uuid[]) as gateway_id,
            unnest($4::uuid[]) as id, unnest($5::text[]) as gateway_message_id, unnest($6::text[]) as claimed,
            unnest($8::bool[]) as arrived, unnest($9::bool[]) as reports offset 0) u),
      gone as (
        delete from outbox o using n where o.ctid = n.place returning o.message_id),
      known as (
        insert into carrier_ids (workspace_id, gateway_id, gateway_message_id, contact_id, message_id, sent_at)
        select workspace_id, gateway_id, gateway_message_id, contact_id, id, $7::timestamptz from n where reports),
      moved as (
        update outbound m set
          status = case when m.status in ('queued', 'cancelled') then case when n.arrived then 'delivered' else 'sent' end else m.status end,
          reason = case when m.status in ('queued', 'cancelled') then null else m.reason end,
          gateway_message_id = n.gateway_message_id, sent_at = $7::timestamptz
        from n where m.workspace_id = n.workspace_id and m.id = n.id),
      awaited as (
        update deliveries d set outcome = 'delivered', due_at = $7::timestamptz
        from (
          select (select d.ctid from deliveries d where d.workspace_id = n.workspace_id and d.message_id = n.id) as place
          from n where n.arrived offset 0) t
        where d.ctid = t.place returning 1)
      select (select count(*) from awaited)::int as told, array(
        select n.id from n where n.place is not null and n.id not in (select message_id from gone)) as left`,
    values: [
      columnOf('uuid', taken, ({ text }) => text.workspaceId),
      columnOf('uuid', taken, ({ text }) => text.contactId),
      columnOf('uuid', taken, ({ text }) => text.lane.gatewayId),
      columnOf('uuid', taken, ({ text }) => text.id),
      columnOf('text', taken, ({ gatewayMessageId }) => gatewayMessageId),
      columnOf('text', taken, ({ text }) => text.place),
      new Date(now),
      columnOf('bool', taken, ({ status }) => status === 'delivered'),
      columnOf('bool', taken, ({ reports }) => reports),
    ],
  });
  const { told = 0, left = [] } = rows[0] ?? {};
  return { told, left: among(taken, left) };
}
