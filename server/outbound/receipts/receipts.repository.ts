import type { PoolClient } from 'pg';
import { binaryArray, type ColumnType, type ColumnValue } from '../../database/binary-array.ts';
import type { GatewayAccount, Receipt } from '../../gateways/gateway.ts';

/** A report, and the account it came in through. */
export interface StoredReceipt {
  account: GatewayAccount;
  receipt: Receipt;
}

/** A text that a report moved, and the run it belongs to. */
export interface MovedText {
  workspaceId: string;
  id: string;
  runId: string | null;
  senderId: string;
  phone: string;
  status: 'delivered' | 'failed';
}

/**
 * The first final report counts: it moves a text that is sent, or that is on its way and not yet written down as such; what is
 * still queued of it goes no more. A later one is kept and changes nothing. `fresh` is what was not known before.
 */
const APPLY = `final as (
    select distinct on (workspace_id, message_id) workspace_id, message_id, status, detail from fresh
    where message_id is not null and status in ('delivered', 'failed') order by workspace_id, message_id, status),
  moved as (
    update outbound m set status = f.status,
      reason = case when f.status = 'failed' then 'The carrier did not deliver it' || coalesce(': ' || f.detail, '') || '.' end
    from final f where m.workspace_id = f.workspace_id and m.id = f.message_id
      and (m.status in ('queued', 'sent') or m.status = 'cancelled' and f.status = 'delivered')
    returning m.workspace_id, m.id, m.contact_id, m.run_id, m.sender_id, m.status),
  unqueued as (
    delete from outbox o using moved m
    where o.workspace_id = m.workspace_id and o.contact_id = m.contact_id and o.message_id = m.id)`;

const MOVED = `select m.workspace_id as "workspaceId", m.id, m.run_id as "runId", m.sender_id as "senderId", m.status,
    (select c.phone from contacts c where c.workspace_id = m.workspace_id and c.id = m.contact_id) as phone
  from moved m`;

/** Stores reports, each once, and moves the texts they are about. What is about no text we know is kept for `matchWaiting`. */
export async function storeReceipts(
  client: PoolClient,
  stored: readonly StoredReceipt[],
  now: number,
): Promise<MovedText[]> {
  const { rows } = await client.query<MovedText>({
    name: 'receipts-store',
    text: `with n as (
        select u.*, coalesce(
          (select m.id from outbound m where m.workspace_id = u.workspace_id and m.id = u.own_id and m.gateway_id = u.gateway_id),
          (select c.message_id from carrier_ids c where c.workspace_id = u.workspace_id and c.gateway_id = u.gateway_id
            and c.gateway_message_id = u.reference)) as message_id
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[])
          as u(workspace_id, gateway_id, reference, own_id, status, detail, at)),
      fresh as (
        insert into receipts (workspace_id, gateway_id, reference, status, detail, at, received_at, message_id)
        select workspace_id, gateway_id, reference, status, detail, at, $8::timestamptz, message_id from n
        order by workspace_id, gateway_id, reference, status
        on conflict do nothing returning workspace_id, message_id, status, detail),
      ${APPLY} ${MOVED}`,
    values: [
      column('uuid', stored, ({ account }) => account.workspaceId),
      column('uuid', stored, ({ account }) => account.id),
      column('text', stored, ({ receipt }) => receipt.gatewayMessageId ?? receipt.messageId ?? ''),
      column('uuid', stored, ({ receipt }) => receipt.messageId),
      column('text', stored, ({ receipt }) => receipt.status),
      column('text', stored, ({ receipt }) => receipt.detail),
      column('timestamptz', stored, ({ receipt }) => receipt.at),
      new Date(now),
    ],
  });
  return rows;
}

/** Reports that came before the send's own answer was written down wait so long for it, in minutes; then they are only kept. */
const WAIT_MINUTES = 15;

/** Matches reports with texts whose gateway's id became known after them. */
export async function matchWaiting(client: PoolClient, now: number): Promise<MovedText[]> {
  const { rows } = await client.query<MovedText>({
    name: 'receipts-match',
    text: `with known as (
        select r.ctid as place, c.message_id from receipts r
        cross join lateral (
          select c.message_id from carrier_ids c where c.workspace_id = r.workspace_id and c.gateway_id = r.gateway_id
            and c.gateway_message_id = r.reference offset 0) c
        where r.message_id is null and r.received_at > $1::timestamptz - interval '${WAIT_MINUTES} minutes'
        order by r.received_at desc limit 2000 for update of r skip locked),
      fresh as (
        update receipts r set message_id = known.message_id from known where r.ctid = known.place
        returning r.workspace_id, r.message_id, r.status, r.detail),
      ${APPLY} ${MOVED}`,
    values: [new Date(now)],
  });
  return rows;
}

const column = <Row>(type: ColumnType, rows: readonly Row[], value: (row: Row) => ColumnValue): Buffer =>
  binaryArray(type, rows.map(value));
