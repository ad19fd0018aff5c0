import type { PoolClient } from 'pg';
import { countsAs } from './counts-as.ts';

/** What limits a sender, as its owner has set it. */
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
}

/**
 * The lanes in which something is due, found by stepping from one to the next along the index: what a lane holds back, however
 * much it is, costs the others nothing. Lanes of workspaces whose sending is stopped are passed over, and those of gateways that their
 * sender has left.
 */
export async function dueLanes(client: PoolClient, now: number): Promise<Lane[]> {
  const { rows } = await client.query<Lane>({
    name: 'outbox-lanes',
    text: `with recursive lane as (
        (select o.gateway_id, o.sender_id, o.rank from outbox o order by o.gateway_id, o.sender_id, o.rank limit 1)
        union all
        select n.gateway_id, n.sender_id, n.rank from lane l cross join lateral (
          select o.gateway_id, o.sender_id, o.rank from outbox o
          where (o.gateway_id, o.sender_id, o.rank) > (l.gateway_id, l.sender_id, l.rank)
          order by o.gateway_id, o.sender_id, o.rank limit 1) n)
      select g.workspace_id as "workspaceId", w.revision::text, w.time_zone as "timeZone", l.gateway_id as "gatewayId", g.kind as "gatewayKind",
        g.config as "gatewayConfig", l.sender_id as "senderId", s.address as "from", l.rank,
        (extract(epoch from d.due_at) * 1000)::float8 as "dueAt",
        json_build_object('country', coalesce(s.country, ''), 'destinations', coalesce(s.destinations, '{}'),
          'mostSegments', coalesce(s.most_segments, 10), 'mostADay', s.most_a_day, 'overDay', coalesce(s.over_day, 'tomorrow'),
          'validMinutes', s.valid_minutes, 'perSecond', s.per_second, 'operators', coalesce(s.operators, '[]'), 'countsAs', coalesce(${countsAs('s')}, l.sender_id)) as limits,
        json_build_object('marketingADay', w.marketing_a_day, 'marketingAWeek', w.marketing_a_week) as caps,
        (extract(epoch from t.until) * 1000)::float8 as "restsUntil", coalesce(t.rests, 0) as rests
      from lane l
      cross join lateral (
        select o.due_at from outbox o
        where o.gateway_id = l.gateway_id and o.sender_id = l.sender_id and o.rank = l.rank
          and o.due_at <= $1 and o.leased_until <= $1
        order by o.due_at limit 1) d
      join gateways g on g.id = l.gateway_id
      join workspaces w on w.id = g.workspace_id and not w.sending_stopped
      left join senders s on s.id = l.sender_id
      left join gateway_troubles t on t.gateway_id = l.gateway_id
      where s.gateway_id is null or s.gateway_id = l.gateway_id
      order by l.rank, d.due_at`,
    values: [new Date(now)],
  });
  return rows;
}
