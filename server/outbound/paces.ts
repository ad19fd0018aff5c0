import type { PoolClient } from 'pg';
import type { Wanted } from './claim.ts';
import type { Lane } from './lanes.ts';

/** Something that may only go so fast: a sender, the senders of one campaign, a gateway. */
export interface Pace {
  workspaceId: string;
  key: string;
  perSecond: number;
}

/** Clocks of nodes differ. A pace that is used further ahead than that was written by a clock that has been set back since. */
const AHEAD = `interval '5 seconds'`;

/** The paces that a lane has to keep. */
function pacesOf({ workspaceId, limits, gatewayId, gatewayConfig }: Lane): Pace[] {
  const paces: Pace[] = [];
  if (limits.perSecond !== null)
    paces.push({ workspaceId, key: `sender:${limits.countsAs}`, perSecond: limits.perSecond });
  const { perSecond } = gatewayConfig;
  if (typeof perSecond === 'number' && perSecond > 0)
    paces.push({ workspaceId, key: `gateway:${gatewayId}`, perSecond });
  return paces;
}

/** Whether a lane has to keep any, its own or those of operators. */
export const isPaced = (lane: Lane): boolean =>
  pacesOf(lane).length > 0 || lane.limits.operators.some(({ perSecond }) => perSecond !== null);

/**
 * Takes what lanes want to send now from their paces, which all nodes share: as many as the time since the last ones allows, at
 * most a second's worth at once. Returns what they got; `soonest` is when there is more, in milliseconds from now.
 */
export async function takePaces(
  client: PoolClient,
  wanted: readonly Wanted[],
  now: number,
): Promise<{ wanted: Wanted[]; soonest: number | null }> {
  let soonest: number | null = null;
  const got: Wanted[] = [];
  for (const { lane, most } of wanted) {
    const taken: Pace[] = [];
    let granted = most;
    for (const pace of pacesOf(lane)) {
      const less = await takePace(client, pace, granted, now);
      for (const before of taken) await giveBack(client, before, granted - less);
      taken.push(pace);
      granted = less;
      if (granted === 0) {
        soonest = Math.min(soonest ?? Number.POSITIVE_INFINITY, 1_000 / pace.perSecond);
        break;
      }
    }
    if (granted > 0) got.push({ lane, most: granted });
  }
  return { wanted: got, soonest };
}

/** Gives back what lanes had no text for. */
export async function returnPaces(
  client: PoolClient,
  wanted: readonly Wanted[],
  claimed: ReadonlyMap<Lane, number>,
): Promise<void> {
  for (const { lane, most } of wanted) {
    const unused = most - (claimed.get(lane) ?? 0);
    for (const pace of pacesOf(lane)) await giveBack(client, pace, unused);
  }
}

/** Takes so many texts from a pace; returns how many it grants now. */
export async function takePace(client: PoolClient, pace: Pace, wanted: number, now: number): Promise<number> {
  const { workspaceId, key, perSecond } = pace;
  await client.query({
    name: 'pace-row',
    text: `insert into paces (workspace_id, key, used_until) values ($1, $2, '-infinity') on conflict do nothing`,
    values: [workspaceId, key],
  });
  const interval = 1_000 / perSecond;
  const { rows } = await client.query<{ granted: number }>({
    name: 'pace-take',
    text: `with was as (
        select least(greatest(used_until, $3::timestamptz - make_interval(secs => $4::float8 / 1000)), $3::timestamptz + ${AHEAD}) as since from paces
        where workspace_id = $1 and key = $2 for update),
      free as (
        select since, least($6::int4, greatest(floor(extract(epoch from $3::timestamptz - since) * 1000 / $5::float8 + 1e-6), 0))::int4 as granted
        from was)
      update paces p set used_until = free.since + make_interval(secs => free.granted * $5::float8 / 1000) from free
      where p.workspace_id = $1 and p.key = $2 returning free.granted`,
    values: [workspaceId, key, new Date(now), Math.max(1_000, interval), interval, wanted],
  });
  return rows[0]?.granted ?? 0;
}

async function giveBack(client: PoolClient, pace: Pace, texts: number): Promise<void> {
  if (texts <= 0) return;
  await client.query({
    name: 'pace-back',
    text: `update paces set used_until = used_until - make_interval(secs => $3::float8) where workspace_id = $1 and key = $2`,
    values: [pace.workspaceId, pace.key, texts / pace.perSecond],
  });
}
