import type { PoolClient } from 'pg';
import type { Purpose } from '#flows/engine/effects.ts';
import { columnOf } from '../database/binary-array.ts';
import { KEPT_PLANS } from '../database/lane-connection.ts';
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
      select (l.n - 1)::int4, l.message_id, l.contact_id, l.place, c.phone, m.text, m.segments, m.purpose, l.attempts,
        date_part('epoch', l.queued_at) * 1000,
        nullif(m.cause_id is not null, false),
        nullif(coalesce(p.state = 'stopped', false) or m.purpose = 'marketing' and m.list is not null and coalesce((
          select p.state <> 'confirmed' from consents p
          where p.workspace_id = l.workspace_id and p.contact_id = l.contact_id and p.scope = 'list:' || m.list), false), false),
        nullif(p.state = 'frozen', false),
        nullif(m.purpose = 'reply' and m.run_id is null and l.queued_at < $1::timestamptz - interval '5 minutes' and (m.cause_id is null or exists (
          select from inbound i where i.workspace_id = l.workspace_id and i.id = m.cause_id and i.route::jsonb ->> 'meaning' = 'stop')), false),
        case when m.gateway_message_id is not null then date_part('epoch', m.replayed_at) * 1000 end,
        case when m.purpose in ('marketing', 'service') then c.fields ->> 'timeZone' end,
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

/**
 * A text as the claim reads it: an array, because pg makes objects of so many columns at the cost of a request; what is not so is null,
 * because nobody has to read that.
 */
type ClaimedRow = [
  lane: number,
  id: string,
  contactId: string,
  place: string,
  to: string,
  text: string,
  segments: number,
  purpose: Purpose,
  attempts: number,
  queuedAt: number,
  prompted: true | null,
  unwanted: true | null,
  frozen: true | null,
  lateConfirmation: true | null,
  againSince: number | null,
  zone: string | null,
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
  attempts: row[8],
  queuedAt: row[9],
  prompted: row[10] === true,
  unwanted: row[11] === true,
  frozen: row[12] === true,
  lateConfirmation: row[13] === true,
  againSince: row[14],
  zone: row[15],
  state: row[16],
  zip: row[17],
  lane,
});
