import type { PoolClient } from 'pg';
import type { Purpose } from '#flows/engine/effects.ts';
import { columnOf } from '../database/binary-array.ts';
import { KEPT_PLANS } from '../database/lane-connection.ts';
import { TOLD, tellDeliveries } from './deliveries/tell-deliveries.ts';
import type { Lane } from './lanes.ts';

/** A text that is leased to this process until it is sent, or for a minute. Times are milliseconds since 1970. */
export interface ClaimedText {
  workspaceId: string;
  id: string;
  contactId: string;
  /** Where its row of the queue stood when it was claimed, which finds it without an index unless somebody has changed it since. */
  place: string;
  to: string;
  text: string;
  segments: number;
  purpose: Purpose;
  /** Whether it answers a text of the person's own. */
  prompted: boolean;
  /** Whether consent has gone since it was queued: STOP, or the list was left. */
  unwanted: boolean;
  /** Whether somebody has to look whether the person's words were a STOP. */
  frozen: boolean;
  /** Whether it confirms a STOP of more than five minutes ago. */
  lateConfirmation: boolean;
  /** The person's time zone, state and postal code, where somebody knows them. */
  zone: string | null;
  state: string | null;
  zip: string | null;
  attempts: number;
  /** When it was put back in the queue after the far end had taken it once; null where it never did. */
  againSince: number | null;
  queuedAt: number;
  lane: Lane;
}

/** How many texts are wanted of a lane. */
export interface Wanted {
  lane: Lane;
  most: number;
}

/** How long a claimed text is left alone before another claim may take it, in seconds. */
const LEASE_SECONDS = 60;

/**
 * For the connection that claims: to plan a claim costs as much as to claim a hundred texts, and PostgreSQL would do it every time
 * because it takes dates for worth knowing; rows that are looked up once each are worth no memory either.
 */
export const CLAIM_SETTINGS = `${KEPT_PLANS}; set enable_memoize = off`;

/**
 * Claims due texts of these lanes, of each person the oldest of a gateway only, so that a long message is never overtaken by the next
 * short one, and a gateway in trouble holds up no other; what a rule has put off, and what sells and nobody waits for, may be overtaken.
 * STOP has already deleted what must not go; consent is read all the same, and nothing goes to a person whose own text waits to be
 * decided, because it may be a STOP. The outbox is empty whenever PostgreSQL looks at its size, and full in a burst, so nothing here is
 * left to a planner's choice: limits and `offset 0` are fences, and so is `is not distinct from`, for which no index is used.
 */
export async function claim(
  client: PoolClient,
  now: number,
  wanted: readonly Wanted[],
): Promise<ClaimedText[]> {
  if (wanted.length === 0) return [];
  const { rows } = await client.query<ClaimedRow>({
    name: 'outbox-claim',
    rowMode: 'array',
    text: `with due as (
        select d.place, l.n from unnest($2::uuid[], $3::uuid[], $4::int4[], $5::int4[], $6::uuid[])
          with ordinality as l(gateway_id, sender_id, rank, most, workspace_id, n)
        cross join lateral (
          select w.id from workspaces w where w.id = l.workspace_id and not w.sending_stopped offset 0) w
        cross join lateral (
          select o.ctid as place from outbox o
          where o.gateway_id = l.gateway_id and o.sender_id = l.sender_id and o.rank = l.rank
            and o.due_at <= $1 and o.leased_until <= $1 and o.workspace_id = w.id
            and (not (select exists (select from backlog)) or coalesce((select false from backlog b
              where b.workspace_id = o.workspace_id and b.contact_id = o.contact_id order by b.seq limit 1), true))
            and not exists (
              select 1 from outbox e where e.workspace_id = o.workspace_id and e.contact_id = o.contact_id
                and e.message_id < o.message_id and e.gateway_id is not distinct from o.gateway_id
                and not (e.held and e.due_at > $1) and (e.rank < 2 or o.rank = 2 or e.leased_until > $1))
          order by o.due_at limit l.most for update of o skip locked) d),
      leased as (
        update outbox o set leased_until = $1::timestamptz + interval '${LEASE_SECONDS} seconds', attempts = o.attempts + 1
        from due where o.ctid = due.place
        returning o.workspace_id, o.contact_id, o.message_id, o.attempts, o.queued_at, o.ctid as place, due.n)
      select (l.n - 1)::int4, l.message_id, l.contact_id, l.place, c.phone, m.text, m.segments, m.purpose, m.cause_id is not null,
        coalesce(p.state = 'stopped', false) or m.purpose = 'marketing' and m.list is not null and coalesce((
          select p.state <> 'confirmed' from consents p
          where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id and p.scope = 'list:' || m.list), false),
        coalesce(p.state = 'frozen', false),
        m.purpose = 'reply' and m.run_id is null and l.queued_at < $1::timestamptz - interval '5 minutes' and (m.cause_id is null or exists (
          select from inbound i where i.workspace_id = l.workspace_id and i.id = m.cause_id and i.route::jsonb ->> 'meaning' = 'stop')),
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'timeZone' end, l.attempts,
        case when m.gateway_message_id is not null then date_part('epoch', m.replayed_at) * 1000 end,
        date_part('epoch', l.queued_at) * 1000,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'state' end,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'zip' end
      from leased l
      cross join lateral (select * from outbound m where m.workspace_id = l.workspace_id and m.id = l.message_id offset 0) m
      cross join lateral (select c.phone, c.fields from contacts c where c.workspace_id = l.workspace_id and c.id = l.contact_id offset 0) c
      left join lateral (
        select p.state from senders s join consents p
          on p.workspace_id = l.workspace_id and p.contact_id = l.contact_id and p.scope = 'program:' || s.program_id
        where m.purpose in ('marketing', 'service') and s.id = m.sender_id offset 0) p on true
      order by l.message_id`,
    values: [
      new Date(now),
      columnOf('uuid', wanted, ({ lane }) => lane.gatewayId),
      columnOf('uuid', wanted, ({ lane }) => lane.senderId),
      columnOf('int4', wanted, ({ lane }) => lane.rank),
      columnOf('int4', wanted, ({ most }) => most),
      columnOf('uuid', wanted, ({ lane }) => lane.workspaceId),
    ],
  });
  const texts: ClaimedText[] = [];
  for (const row of rows) {
    const lane = wanted[row[0]]?.lane;
    if (lane) texts.push(textOf(row, lane));
  }
  return texts;
}

/** A text as the claim reads it: an array, because pg makes objects of so many columns at the cost of a request. */
type ClaimedRow = [
  lane: number,
  id: string,
  contactId: string,
  place: string,
  to: string,
  text: string,
  segments: number,
  purpose: Purpose,
  prompted: boolean,
  unwanted: boolean,
  frozen: boolean,
  lateConfirmation: boolean,
  zone: string | null,
  attempts: number,
  againSince: number | null,
  queuedAt: number,
  state: string | null,
  zip: string | null,
];

/** One literal: an object that grows after a spread costs as much as a request. */
const textOf = (row: ClaimedRow, lane: Lane): ClaimedText => ({
  workspaceId: lane.workspaceId,
  id: row[1],
  contactId: row[2],
  place: row[3],
  to: row[4],
  text: row[5],
  segments: row[6],
  purpose: row[7],
  prompted: row[8],
  unwanted: row[9],
  frozen: row[10],
  lateConfirmation: row[11],
  zone: row[12],
  attempts: row[13],
  againSince: row[14],
  queuedAt: row[15],
  state: row[16],
  zip: row[17],
  lane,
});

/**
 * Which of these claimed texts are still in the queue and may go, by their ids. Rules are asked between the claim and the sending, and
 * STOP may have been answered meanwhile: it takes out what is claimed as well. So may the switch that stops all sending, or somebody who
 * puts them off.
 */
export async function stillQueued(
  client: PoolClient,
  texts: readonly ClaimedText[],
): Promise<ReadonlySet<string>> {
  if (texts.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>({
    name: 'outbox-still-queued',
    text: `select k.id from unnest($1::text[], $2::uuid[]) k(place, id)
      cross join lateral (select from outbox o where o.ctid = k.place::tid and o.message_id = k.id
        and o.workspace_id <> all (array(select w.id from workspaces w where w.sending_stopped)) offset 0) o`,
    values: [columnOf('text', texts, ({ place }) => place), columnOf('uuid', texts, ({ id }) => id)],
  });
  return new Set(rows.map(({ id }) => id));
}

/** How a claimed text ended: gone for good, or due again. */
export interface Settled {
  text: ClaimedText;
  status: 'sent' | 'delivered' | 'failed' | 'cancelled' | 'expired' | 'queued';
  reason: string | null;
  gatewayMessageId: string | null;
  /** Whether the gateway will report what became of it under that id. */
  reports: boolean;
  /** When it is due again, for `queued`; milliseconds since 1970. */
  dueAt: number;
  /** Whether the gateway's own list says that the person has stopped the sender. */
  blocked?: boolean;
  /** For `queued`: a rule put it off, and the person's later texts need not wait. */
  held: boolean;
  /** What a rule puts off was no attempt. */
  untried?: boolean;
}

/**
 * Writes how texts ended, in one statement. What a delivery report has said meanwhile stands; a text that STOP cancelled
 * meanwhile stays cancelled unless it went out, and one that was put off until somebody has read a text waits on. A node that stood
 * still past its lease puts nothing back that another has claimed since. Returns of how many there is something to be told.
 */
export async function settle(client: PoolClient, settled: readonly Settled[], now: number): Promise<number> {
  if (settled.length === 0) return 0;
  const { rows } = await client.query<{ told: number }>({
    name: 'outbox-settle',
    text: `with n as (
        select u.*, coalesce((
            select o.ctid from outbox o where o.ctid = u.claimed::tid and o.message_id = u.id), (
            select o.ctid from outbox o
            where o.workspace_id = u.workspace_id and o.contact_id = u.contact_id and o.message_id = u.id)) as place
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::timestamptz[], $10::bool[], $12::bool[], $13::bool[], $14::int4[], $15::text[])
          as u(workspace_id, contact_id, gateway_id, id, status, reason, gateway_message_id, reports, due_at, held, blocked, untried, attempts, claimed)),
      gone as (
        delete from outbox o using n where n.status <> 'queued' and o.ctid = n.place),
      again as (
        update outbox o set due_at = greatest(o.due_at, n.due_at), held = n.held or o.due_at > $11::timestamptz, leased_until = '-infinity',
          attempts = case when n.untried then greatest(o.attempts - 1, 0) else o.attempts end
        from n where n.status = 'queued' and o.ctid = n.place and o.attempts = n.attempts),
      known as (
        insert into carrier_ids (workspace_id, gateway_id, gateway_message_id, contact_id, message_id, sent_at)
        select workspace_id, gateway_id, gateway_message_id, contact_id, id, $11::timestamptz from n
        where n.reports and n.gateway_message_id is not null
        on conflict do nothing),
      moved as (update outbound m set
        status = case when m.status in ('queued', 'cancelled') then n.status else m.status end,
        reason = case when m.status in ('queued', 'cancelled') then n.reason else m.reason end,
        gateway_message_id = coalesce(n.gateway_message_id, m.gateway_message_id),
        sent_at = case when n.status in ('sent', 'delivered') then $11::timestamptz else m.sent_at end
      from n where m.workspace_id = n.workspace_id and m.id = n.id
        and (m.status = 'queued' or n.status in ('sent', 'delivered'))
      returning m.workspace_id, m.id, m.run_id, n.blocked,
        case when m.status = n.status then m.status end as status),
      ${tellDeliveries('moved', '$11::timestamptz')}
      select ${TOLD} as told`,
    values: [
      columnOf('uuid', settled, ({ text }) => text.workspaceId),
      columnOf('uuid', settled, ({ text }) => text.contactId),
      columnOf('uuid', settled, ({ text }) => text.lane.gatewayId),
      columnOf('uuid', settled, ({ text }) => text.id),
      columnOf('text', settled, ({ status }) => status),
      columnOf('text', settled, ({ reason }) => reason),
      columnOf('text', settled, ({ gatewayMessageId }) => gatewayMessageId),
      columnOf('bool', settled, ({ reports }) => reports),
      columnOf('timestamptz', settled, ({ dueAt }) => dueAt),
      columnOf('bool', settled, ({ held }) => held),
      new Date(now),
      columnOf('bool', settled, ({ blocked }) => blocked ?? false),
      columnOf('bool', settled, ({ untried }) => untried ?? false),
      columnOf('int4', settled, ({ text }) => text.attempts),
      columnOf('text', settled, ({ text }) => text.place),
    ],
  });
  return rows[0]?.told ?? 0;
}
