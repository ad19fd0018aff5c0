import type { PoolClient } from 'pg';
import type { Scalar } from '#flows/engine/effects.ts';
import type { CampaignTrouble } from '#shared/api/campaigns.ts';

export interface CampaignKey {
  workspace_id: string;
  id: string;
}

/** A campaign that this node works on until its lease ends. */
export interface ClaimedCampaign extends CampaignKey {
  flow_id: string;
  version_id: string;
  sender_id: string;
  per_minute: number;
  /** Whether everybody's turn comes at a time of their own. */
  by_contact: boolean;
  /** Milliseconds since 1970. */
  next_at: number;
  /** The same: tells this node's lease from one that another node took since. */
  leased_until: number;
  flow_status: string;
  has_sender: boolean;
}

export interface DueOrder {
  id: string;
  phone: string;
  fields: Record<string, Scalar>;
}

const LEASE_MS = 60_000;
/** A time this far ahead was written by a clock that has been set back since. */
export const NONSENSE_MS = 5 * 60_000;

/** Takes a running campaign whose pace allows more. While all sending is stopped none is: what it began would grow old in the queue. */
export async function claimCampaign(client: PoolClient, now: number): Promise<ClaimedCampaign | null> {
  const { rows } = await client.query<ClaimedCampaign>({
    name: 'claim-campaign',
    text: `update campaigns k set leased_until = $2 from flows f
      where f.id = k.flow_id and (k.workspace_id, k.id) in (
        select workspace_id, id from campaigns
        where status = 'running' and settled_to is null and (next_at <= $1 or next_at > $3) and (leased_until <= $1 or leased_until > $3)
          and workspace_id not in (select w.id from workspaces w where w.sending_stopped)
        order by next_at limit 1 for update skip locked)
      returning k.workspace_id, k.id, k.flow_id, k.version_id, k.sender_id, k.per_minute,
        k.schedule ->> 'zone' is not distinct from 'contact' as by_contact,
        (extract(epoch from k.next_at) * 1000)::float8 as next_at,
        (extract(epoch from k.leased_until) * 1000)::float8 as leased_until, f.status as flow_status,
        exists (select 1 from senders s where s.id = k.sender_id) as has_sender`,
    values: [new Date(now), new Date(now + LEASE_MS), new Date(now + NONSENSE_MS)],
  });
  return rows[0] ?? null;
}

/**
 * The people whose turn it is, and whether anybody is left at all. Where nobody has a time of their own it is everybody's, whatever a
 * clock wrote down that has been set back since.
 */
export async function readDue(
  client: PoolClient,
  { id, workspace_id: workspaceId, by_contact: byContact }: ClaimedCampaign,
  now: number,
  size: number,
): Promise<{ due: DueOrder[]; isOver: boolean }> {
  const { rows } = await client.query<DueOrder>({
    name: 'due-orders',
    // Somebody may have paused it since it was claimed.
    text: `select id, phone, fields from orders
      where campaign_id = $1 and outcome is null and due_at <= $2
        and (select status from campaigns where workspace_id = $4 and id = $1) = 'running'
      order by due_at, id limit $3`,
    values: [id, byContact ? new Date(now) : 'infinity', size, workspaceId],
  });
  if (rows.length > 0) return { due: rows, isOver: false };
  const left = await client.query({
    name: 'orders-left',
    text: 'select 1 from orders where campaign_id = $1 and outcome is null limit 1',
    values: [id],
  });
  return { due: [], isOver: left.rows.length === 0 };
}

/** Has people come to their turn again when the others have had theirs. Whoever is being decided right now has it. */
export async function letOthersPass(
  client: PoolClient,
  { workspace_id: workspaceId }: CampaignKey,
  ids: readonly string[],
  now: number,
): Promise<void> {
  await client.query({
    name: 'let-others-pass',
    text: `update orders set due_at = $3 where workspace_id = $1 and id = any(array(
        select id from orders where workspace_id = $1 and id = any($2::uuid[]) and outcome is null for update skip locked))`,
    values: [workspaceId, ids, new Date(now)],
  });
}

/** How a campaign is given back. */
export interface Release {
  now: number;
  nextAt: number;
  status: 'running' | 'paused' | 'done';
  trouble: CampaignTrouble | null;
}

/**
 * Gives a campaign back, to go on at `nextAt`; one that was paused or cancelled meanwhile stays so. What another node has claimed
 * since, because this one stood still, stays with it.
 */
export async function release(
  client: PoolClient,
  { workspace_id: workspaceId, id, leased_until: leasedUntil }: ClaimedCampaign,
  { now, nextAt, status, trouble }: Release,
): Promise<void> {
  await client.query({
    name: 'release-campaign',
    text: `update campaigns set leased_until = $3, next_at = $4, tries = 0,
        status = case when status = 'running' then $5 else status end,
        trouble = case when status = 'running' then $6 else trouble end,
        ended_at = case when status = 'running' and $5 = 'done' then $3 else ended_at end
      where workspace_id = $1 and id = $2 and leased_until = $7`,
    values: [workspaceId, id, new Date(now), new Date(nextAt), status, trouble, new Date(leasedUntil)],
  });
}

/**
 * Puts a campaign off that failed, for longer each time, so that the others get their turn. It says so until it goes on. One that was
 * claimed is put off by whoever holds it still.
 */
export async function putOff(
  client: PoolClient,
  { workspace_id: workspaceId, id, leased_until: leasedUntil }: CampaignKey & Partial<ClaimedCampaign>,
  now: number,
): Promise<void> {
  await client.query({
    name: 'put-off-campaign',
    text: `update campaigns set trouble = 'fault', tries = least(tries + 1, 100), leased_until = $3,
        next_at = $3::timestamptz + least(interval '4 minutes', interval '1 second' * power(2, least(tries, 10)))
      where workspace_id = $1 and id = $2 and status in ('scheduled', 'running')
        and ($4::timestamptz is null or leased_until = $4)`,
    values: [workspaceId, id, new Date(now), leasedUntil === undefined ? null : new Date(leasedUntil)],
  });
}
