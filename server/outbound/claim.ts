import type { PoolClient } from 'pg';
import { columnOf } from '../database/binary-array.ts';
import { KEPT_PLANS } from '../database/lane-connection.ts';
import { LEASE_MS } from '../runtime/handover.ts';
import type { Lane } from './lanes.ts';

/** A row of the queue that is leased to this process until its text is sent, or for a minute. */
export interface Leased {
  id: string;
  contactId: string;
  /**
   * Where the row stood when it was claimed, which finds it without an index unless somebody has changed it since; null where it was
   * handed over without a claim.
   */
  place: string | null;
  attempts: number;
  /** How far its failures have worn it, see `wearOf`. */
  worn: number;
  /** Milliseconds since 1970. */
  queuedAt: number;
  leasedUntil: number;
  lane: Lane;
}

/** How many texts are wanted of a lane. */
export interface Wanted {
  lane: Lane;
  most: number;
}

/**
 * For the connection that claims: to plan a claim costs as much as to claim a hundred texts, and PostgreSQL would do it every time
 * because it takes dates for worth knowing; rows that are looked up once each are worth no memory either.
 */
export const CLAIM_SETTINGS = `${KEPT_PLANS}; set enable_memoize = off`;

/**
 * Claims due texts of these lanes, of each person the oldest of a gateway or of a sender only, so that a long message is never overtaken by
 * the next short one, also where its sender has moved to another gateway, and a gateway in trouble holds up no other; what a rule has put
 * off, and what sells and nobody waits for, may be overtaken.
 * STOP has already deleted what must not go, and nothing goes to a person whose own text waits to be decided, because it may be a STOP.
 * What was due before the lane's first is leased or gone, and nobody has to step over it. The outbox is empty whenever PostgreSQL looks
 * at its size, and full in a burst, so nothing here is left to a planner's choice: limits and `offset 0` are fences, and so is
 * `is not distinct from`, for which no index is used. `leasesOverBy`: by when a lease must have ended to be over; `trying`:
 * gateways at which one text is to try whether they work again, and none that has failed there before, for any other tells more. That was
 * no attempt where they refused our account, but it is due later than it was queued, and no rule has put it off.
 */
export async function claim(
  client: PoolClient,
  now: number,
  wanted: readonly Wanted[],
  leasesOverBy = now,
  trying: readonly string[] = [],
): Promise<Leased[]> {
  if (wanted.length === 0) return [];
  const { rows } = await client.query<LeasedRow>({
    name: 'outbox-claim',
    rowMode: 'array',
    text: `with due as (
        select d.place, l.n from unnest($2::uuid[], $3::uuid[], $4::int4[], $5::int4[], $6::uuid[], $7::timestamptz[])
          with ordinality as l(gateway_id, sender_id, rank, most, workspace_id, since, n)
        cross join lateral (
          select w.id from workspaces w where w.id = l.workspace_id and not w.sending_stopped offset 0) w
        cross join lateral (
          select o.ctid as place from outbox o
          where o.gateway_id = l.gateway_id and o.sender_id = l.sender_id and o.rank = l.rank
            and o.due_at between l.since and $1 and o.leased_until <= $8 and o.workspace_id = w.id
            and (l.gateway_id <> all($9::uuid[]) or o.attempts = 0 and (o.held or o.due_at <= o.queued_at))
            and coalesce((select false from backlog b
              where b.workspace_id = o.workspace_id and b.contact_id = o.contact_id order by b.seq limit 1), true)
            and not exists (
              select 1 from outbox e where e.workspace_id = o.workspace_id and e.contact_id = o.contact_id
                and e.message_id < o.message_id and (e.gateway_id is not distinct from o.gateway_id or e.sender_id = o.sender_id)
                and not (e.held and e.due_at > $1) and (e.rank < 2 or o.rank = 2 or e.leased_until > $1))
          order by o.due_at limit l.most for update of o skip locked) d)
      update outbox o set leased_until = $1::timestamptz + interval '${LEASE_MS} milliseconds', attempts = o.attempts + 1
      from due where o.ctid = due.place
      returning (due.n - 1)::int4, o.message_id, o.contact_id, o.ctid, o.attempts, o.worn, date_part('epoch', o.queued_at) * 1000`,
    values: [
      new Date(now),
      columnOf('uuid', wanted, ({ lane }) => lane.gatewayId),
      columnOf('uuid', wanted, ({ lane }) => lane.senderId),
      columnOf('int4', wanted, ({ lane }) => lane.rank),
      columnOf('int4', wanted, ({ most }) => most),
      columnOf('uuid', wanted, ({ lane }) => lane.workspaceId),
      // Doubles hold times to less than a millisecond, and PostgreSQL to less than that.
      columnOf('timestamptz', wanted, ({ lane }) => Math.floor(lane.dueAt)),
      new Date(leasesOverBy),
      trying,
    ],
  });
  const leased: Leased[] = [];
  const leasedUntil = now + LEASE_MS;
  for (const [n, id, contactId, place, attempts, worn, queuedAt] of rows) {
    const lane = wanted[n]?.lane;
    if (lane) leased.push({ id, contactId, place, attempts, worn, queuedAt, leasedUntil, lane });
  }
  return leased;
}

/** An array, because pg makes objects of columns at a cost that shows. */
type LeasedRow = [
  lane: number,
  id: string,
  contactId: string,
  place: string,
  attempts: number,
  worn: number,
  queuedAt: number,
];
