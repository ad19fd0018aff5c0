import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import type { Settled } from './settle.ts';

/** Whether a text fared as nearly all do: the gateway took it under an id of its own, and will report on that. */
export const wasSent = ({ status, reports, gatewayMessageId, blocked }: Settled): boolean =>
  status === 'sent' && reports && gatewayMessageId !== null && !blocked;

/**
 * What `settle` does, for texts that were sent and nothing else, at two thirds of the cost: nobody has to be told, and gateways are
 * believed that their ids are new. One that is not fails the whole statement with a unique violation, and nothing is written.
 */
export async function settleSent(client: PoolClient, sent: readonly Settled[], now: number): Promise<void> {
  await client.query({
    name: 'outbox-settle-sent',
    text: `with n as materialized (
        select unnest($1::uuid[]) as workspace_id, unnest($2::uuid[]) as contact_id, unnest($3::uuid[]) as gateway_id,
          unnest($4::uuid[]) as id, unnest($5::text[]) as gateway_message_id, unnest($6::text[])::tid as place),
      gone as (
        delete from outbox o using n where o.ctid = n.place and o.message_id = n.id returning o.message_id),
      moved_since as (
        delete from outbox o using n where n.id not in (select message_id from gone)
          and o.workspace_id = n.workspace_id and o.contact_id = n.contact_id and o.message_id = n.id),
      known as (
        insert into carrier_ids (workspace_id, gateway_id, gateway_message_id, contact_id, message_id, sent_at)
        select workspace_id, gateway_id, gateway_message_id, contact_id, id, $7::timestamptz from n)
      update outbound m set
        status = case when m.status in ('queued', 'cancelled') then 'sent' else m.status end,
        reason = case when m.status in ('queued', 'cancelled') then null else m.reason end,
        gateway_message_id = n.gateway_message_id, sent_at = $7::timestamptz
      from n where m.workspace_id = n.workspace_id and m.id = n.id`,
    values: [
      columnOf('uuid', sent, ({ text }) => text.workspaceId),
      columnOf('uuid', sent, ({ text }) => text.contactId),
      columnOf('uuid', sent, ({ text }) => text.lane.gatewayId),
      columnOf('uuid', sent, ({ text }) => text.id),
      columnOf('text', sent, ({ gatewayMessageId }) => gatewayMessageId),
      columnOf('text', sent, ({ text }) => text.place),
      new Date(now),
    ],
  });
}
