import type { PoolClient } from 'pg';
import type { GatewayTrouble } from '#shared/api/gateways.ts';
import { columnOf } from '../database/binary-array.ts';
import { countsAs, sharedLimit, sharedOperators } from './counts-as.ts';

/** What limits a sender, as its owner has set it; those of a registered campaign have the lowest of theirs together. */
export interface SenderLimits {
  /** ISO 3166 alpha-2; also the country it may text where `destinations` names none. */
  country: string;
  destinations: readonly string[];
  mostSegments: number;
  mostADay: number | null;
  overDay: 'tomorrow' | 'fail';
  validMinutes: number | null;
  perSecond: number | null;
  /** Senders of one registered campaign share their pace and their day, under an id of its own. */
  countsAs: string;
  operators: readonly OperatorLimit[];
}

/** How much and how fast a sender may send to one operator: a country ("US"), one we know ("us-t-mobile") or a network ("310260"). */
export interface OperatorLimit {
  operator: string;
  perSecond: number | null;
  mostADay: number | null;
}

/** How much marketing one person of the workspace gets at most. */
export interface Caps {
  marketingADay: number | null;
  marketingAWeek: number | null;
}

/** Texts that stand in one line: of one sender, through one gateway, of one rank. */
export interface Lane {
  workspaceId: string;
  /** Of the workspace: it moves on with every change of its gateways, programs and senders. */
  revision: string;
  timeZone: string;
  gatewayId: string;
  gatewayKind: string;
  gatewayConfig: Record<string, unknown>;
  senderId: string;
  /** Null where the sender was removed. */
  from: string | null;
  /** 0 where somebody waits for them, 1 where nobody does, 2 where nobody does and they sell. */
  rank: number;
  /** When the oldest of them became due, in milliseconds. */
  dueAt: number;
  limits: SenderLimits;
  caps: Caps;
  /** Set while the gateway is in trouble: nothing goes through it until then, after it one text tries. */
  restsUntil: number | null;
  rests: number;
  restsFor: GatewayTrouble | null;
}

/** A lane of the queue, and from when on anything stands there: what was due before that has gone. */
export interface KnownLane {
  gatewayId: string;
  senderId: string;
  rank: number;
  /** Milliseconds since 1970. */
  from: number;
}

/**
 * Texts are committed after they were due, as late as that in milliseconds where nothing is wrong; one that comes later still is found
 * by the next look at all lanes.
 */
const LATE_MS = 1_000;

/** What a sender has left in the queue of the gateway that it came from. */
export interface LeftBehind {
  senderId: string;
  rank: number;
  from: string;
  to: string;
}

/** What a look at the queue has found: the lanes in which something is due, all those that were looked at, and what was left behind. */
export interface LanesSeen {
  due: Lane[];
  known: KnownLane[];
  left: LeftBehind[];
}

/**
 * Looks at all lanes, stepping from one to the next along the index: what a lane holds back, however much it is, costs the others
 * nothing. Lanes of workspaces whose sending is stopped are passed over, and those of gateways that their sender has left. Rows that are
 * gone and that PostgreSQL has not swept yet are stepped over, once.
 */
export const allLanes = (client: PoolClient, now: number): Promise<LanesSeen> =>
  look(client, now, { name: 'outbox-lanes', lanes: EVERY_LANE, values: [] });

/** Looks at lanes that are known only, and there at nothing that had gone before: what that costs does not grow with what was sent. */
export async function knownLanes(
  client: PoolClient,
  now: number,
  known: readonly KnownLane[],
): Promise<LanesSeen> {
  if (known.length === 0) return { due: [], known: [], left: [] };
  const values = [
    columnOf('uuid', known, ({ gatewayId }) => gatewayId),
    columnOf('uuid', known, ({ senderId }) => senderId),
    columnOf('int4', known, ({ rank }) => rank),
    columnOf('timestamptz', known, ({ from }) => from),
  ];
  return await look(client, now, { name: 'outbox-known-lanes', lanes: THESE_LANES, values });
}

const EVERY_LANE = `with recursive lane as (
    (select o.gateway_id, o.sender_id, o.rank, o.due_at as first_at from outbox o
      order by o.gateway_id, o.sender_id, o.rank, o.due_at limit 1)
    union all
    select n.* from lane l cross join lateral (
      select o.gateway_id, o.sender_id, o.rank, o.due_at from outbox o
      where (o.gateway_id, o.sender_id, o.rank) > (l.gateway_id, l.sender_id, l.rank)
      order by o.gateway_id, o.sender_id, o.rank, o.due_at limit 1) n)`;

const THESE_LANES = `with lane as (
    select l.gateway_id, l.sender_id, l.rank, f.first_at
    from unnest($2::uuid[], $3::uuid[], $4::int4[], $5::timestamptz[]) l(gateway_id, sender_id, rank, since)
    left join lateral (
      select o.due_at as first_at from outbox o
      where o.gateway_id = l.gateway_id and o.sender_id = l.sender_id and o.rank = l.rank and o.due_at >= l.since
      order by o.due_at limit 1) f on true)`;

/** A lane as it is read: what only matters where something is due is null elsewhere. */
type LaneRow = Omit<Lane, 'dueAt'> & { dueAt: number | null; firstAt: number | null; goesBy: string | null };

async function look(
  client: PoolClient,
  now: number,
  { name, lanes, values }: { name: string; lanes: string; values: readonly unknown[] },
): Promise<LanesSeen> {
  const { rows } = await client.query<LaneRow>({
    name,
    text: `${lanes}
      select g.workspace_id as "workspaceId", w.revision::text, w.time_zone as "timeZone", l.gateway_id as "gatewayId", g.kind as "gatewayKind",
        case when d.due_at is not null then g.config end as "gatewayConfig", l.sender_id as "senderId", s.address as "from", l.rank,
        (extract(epoch from l.first_at) * 1000)::float8 as "firstAt", (extract(epoch from d.due_at) * 1000)::float8 as "dueAt",
        s.gateway_id as "goesBy",
        case when d.due_at is not null then json_build_object('country', coalesce(s.country, ''), 'destinations', coalesce(s.destinations, '{}'),
          'mostSegments', coalesce(s.most_segments, 10), 'mostADay', ${sharedLimit('s', 'most_a_day')}, 'overDay', coalesce(s.over_day, 'tomorrow'),
          'validMinutes', s.valid_minutes, 'perSecond', ${sharedLimit('s', 'per_second')}, 'operators', coalesce(${sharedOperators('s')}, '[]'),
          'countsAs', coalesce(${countsAs('s')}, l.sender_id)) end as limits,
        case when d.due_at is not null then json_build_object('marketingADay', w.marketing_a_day, 'marketingAWeek', w.marketing_a_week) end as caps,
        (extract(epoch from t.until) * 1000)::float8 as "restsUntil", coalesce(t.rests, 0) as rests, t.trouble as "restsFor"
      from lane l
      join gateways g on g.id = l.gateway_id
      join workspaces w on w.id = g.workspace_id
      left join senders s on s.id = l.sender_id
      left join lateral (
        select o.due_at from outbox o
        where o.gateway_id = l.gateway_id and o.sender_id = l.sender_id and o.rank = l.rank
          and o.due_at between l.first_at and $1 and o.leased_until <= $1
          and not w.sending_stopped and (s.gateway_id is null or s.gateway_id = l.gateway_id)
        order by o.due_at limit 1) d on true
      left join gateway_troubles t on d.due_at is not null and t.gateway_id = l.gateway_id
      order by l.rank, d.due_at`,
    values: [new Date(now), ...values],
  });
  const seen: LanesSeen = { due: [], known: [], left: [] };
  for (const { firstAt, dueAt, goesBy, ...lane } of rows) {
    const { gatewayId, senderId, rank } = lane;
    if (goesBy !== null && goesBy !== gatewayId)
      seen.left.push({ senderId, rank, from: gatewayId, to: goesBy });
    const from = Math.floor(Math.min(firstAt ?? now, now - LATE_MS));
    seen.known.push({ gatewayId, senderId, rank, from });
    if (dueAt !== null) seen.due.push({ ...lane, dueAt });
  }
  return seen;
}
