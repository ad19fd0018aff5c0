import type { PoolClient } from 'pg';
import { columnOf } from '../../database/binary-array.ts';
import { TOLD, tellDeliveries } from '../deliveries/tell-deliveries.ts';
import type { GatewayAccount, Receipt } from '../../gateways/gateway.ts';

/** A report, and the account it came in through. */
export interface StoredReceipt {
  account: GatewayAccount;
  receipt: Receipt;
}

/**
 * SQL that moves the texts of reports; `now` is an expression. The first final report counts: it moves a text that is sent, or that is on
 * its way and not yet written down as such; what is still queued of it goes no more. So does that a text has arrived which we had given up
 * because nobody said so: it went out, whatever its gateway said. A later report is kept and changes nothing. `fresh` is what was not known
 * before: a report, or that the carrier calls the person blocked.
 */
const apply = (now: string): string => `final as (
    select distinct on (workspace_id, message_id) workspace_id, message_id, status, detail from fresh
    where message_id is not null and status in ('delivered', 'failed') order by workspace_id, message_id, status),
  moved as (
    update outbound m set status = f.status,
      sent_at = case when f.status = 'delivered' then coalesce(m.sent_at, ${now}) else m.sent_at end,
      reason = case when f.status = 'failed' then 'The carrier did not deliver it' || coalesce(': ' || f.detail, '') || '.' end
    from final f where m.workspace_id = f.workspace_id and m.id = f.message_id
      and (m.status in ('queued', 'sent') or f.status = 'delivered' and (m.status = 'cancelled'
        or m.status in ('failed', 'expired') and m.gateway_message_id is null and not exists (
          select from receipts r where r.workspace_id = m.workspace_id and r.message_id = m.id and r.status = 'failed')))
    returning m.workspace_id, m.id, m.contact_id, m.run_id, m.status),
  unqueued as (
    delete from outbox o using moved m
    where o.workspace_id = m.workspace_id and o.contact_id = m.contact_id and o.message_id = m.id)`;

/**
 * What there is to be told: to the runs of the texts that were moved, and to the consent of people whom the carrier calls blocked,
 * also where their text had failed before.
 */
const TELL = `heard as (
    select f.workspace_id, f.message_id as id, m.run_id, m.status, bool_or(f.blocked) as blocked
    from fresh f left join moved m on m.workspace_id = f.workspace_id and m.id = f.message_id
    where f.message_id is not null group by 1, 2, 3, 4)`;

/**
 * Stores reports, each once, and moves the texts they are about. What is about no text we know is kept for `matchWaiting`. Of a text that
 * has followed its sender to another gateway, the old one has nothing to say but that it arrived. Returns of how many texts there is
 * something to be told.
 */
export async function storeReceipts(
  client: PoolClient,
  stored: readonly StoredReceipt[],
  now: number,
): Promise<number> {
  const { rows } = await client.query<{ told: number }>({
    name: 'receipts-store',
    text: `with n as (
        select u.*, coalesce(own.id, known.message_id) as message_id, coalesce(own.contact_id, known.contact_id) as contact_id,
          case when own.replayed_at <= coalesce(u.at, 'infinity') then own.replayed_at else '-infinity' end as since
        from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $9::bool[], $10::text[])
          as u(workspace_id, gateway_id, reference, own_id, status, detail, at, blocked, network)
        left join lateral (
          select m.id, m.contact_id, m.replayed_at from outbound m
          where m.workspace_id = u.workspace_id and m.id = u.own_id and (m.gateway_id = u.gateway_id or u.status = 'delivered') offset 0) own on true
        left join lateral (
          select c.message_id, c.contact_id from carrier_ids c where c.workspace_id = u.workspace_id and c.gateway_id = u.gateway_id
            and c.gateway_message_id = u.reference offset 0) known on true),
      fresh as (
        insert into receipts (workspace_id, gateway_id, reference, status, detail, at, received_at, message_id, blocked, since)
        select distinct on (workspace_id, gateway_id, reference, status, since)
          workspace_id, gateway_id, reference, status, detail, at, $8::timestamptz, message_id, blocked, since from n
        order by workspace_id, gateway_id, reference, status, since, blocked desc
        on conflict (workspace_id, gateway_id, reference, status, since) do update set blocked = true
          where excluded.blocked and not receipts.blocked
        returning workspace_id, message_id, status, detail, blocked),
      seen as (
        insert into contact_networks (workspace_id, contact_id, network)
        select distinct on (workspace_id, contact_id) workspace_id, contact_id, network from n
        where contact_id is not null and network is not null order by workspace_id, contact_id, at desc nulls last
        on conflict (workspace_id, contact_id) do update set network = excluded.network
        where contact_networks.network <> excluded.network),
      ${apply('$8::timestamptz')}, ${TELL}, ${tellDeliveries('heard', '$8::timestamptz')}
      select ${TOLD} as told`,
    values: [
      columnOf('uuid', stored, ({ account }) => account.workspaceId),
      columnOf('uuid', stored, ({ account }) => account.id),
      columnOf('text', stored, ({ receipt }) => receipt.gatewayMessageId ?? receipt.messageId ?? ''),
      columnOf('uuid', stored, ({ receipt }) => receipt.messageId),
      columnOf('text', stored, ({ receipt }) => receipt.status),
      columnOf('text', stored, ({ receipt }) => receipt.detail),
      columnOf('timestamptz', stored, ({ receipt }) => receipt.at),
      new Date(now),
      columnOf('bool', stored, ({ receipt }) => receipt.blocked),
      columnOf('text', stored, ({ receipt }) => receipt.network),
    ],
  });
  return rows[0]?.told ?? 0;
}

/** Reports that came before the send's own answer was written down wait so long for it, in milliseconds; then they are only kept. */
const WAIT_MS = 15 * 60_000;
/**
 * At what ages a report that waits is looked at, in seconds: within half as long again as it has waited. A carrier that reports about
 * texts nobody knows, hundreds a second, would have all of them looked up with every look otherwise.
 */
const AGES_S = [0, 2, 4, 7, 11, 17, 26, 40, 60, 90, 135, 200, 300, 450, 675];
/** At most so many are matched at once. */
const MOST_MATCHED = 2_000;

/** What a look has matched: of how many there is something to be told, and whether there may be more. */
export interface Matched {
  told: number;
  more: boolean;
}

/** Matches reports with texts whose gateway's id became known after them, those that reached one of the ages since the last look. */
export async function matchWaiting(client: PoolClient, now: number, since: number): Promise<Matched> {
  const ages = now - since < WAIT_MS ? AGES_S : [0];
  const { rows } = await client.query<{ told: number; matched: number }>({
    name: 'receipts-match',
    text: `with known as (
        select r.place, c.message_id from unnest($2::timestamptz[], $3::timestamptz[]) w(after, upto)
        cross join lateral (
          select r.ctid as place, r.workspace_id, r.gateway_id, r.reference, r.received_at from receipts r
          where r.message_id is null and r.received_at > w.after and r.received_at <= w.upto offset 0) r
        cross join lateral (
          select c.message_id from carrier_ids c where c.workspace_id = r.workspace_id and c.gateway_id = r.gateway_id
            and c.gateway_message_id = r.reference offset 0) c
        order by r.received_at desc, r.place limit ${MOST_MATCHED}),
      fresh as (
        -- Not what another node has matched meanwhile.
        update receipts r set message_id = known.message_id from known where r.ctid = known.place and r.message_id is null
        returning r.workspace_id, r.message_id, r.status, r.detail, r.blocked),
      ${apply('$1::timestamptz')}, ${TELL}, ${tellDeliveries('heard', '$1::timestamptz')}
      select ${TOLD} as told, (select count(*) from known)::int as matched`,
    values: [
      new Date(now),
      columnOf('timestamptz', ages, (age) => Math.max(since - age * 1_000, now - WAIT_MS)),
      columnOf('timestamptz', ages, (age) => now - age * 1_000),
    ],
  });
  const { told = 0, matched = 0 } = rows[0] ?? {};
  return { told, more: matched === MOST_MATCHED };
}
