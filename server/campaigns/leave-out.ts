import type { PoolClient } from 'pg';
import type { CampaignKey } from './campaign-work.ts';

/** People left out in one transaction, so that those being decided never wait long. */
const AT_ONCE = 2_000;

/** A cancelled campaign in which people still wait, held until the transaction ends; null where there is none, or others work on it. */
export async function holdCancelled(client: PoolClient): Promise<CampaignKey | null> {
  const { rows } = await client.query<CampaignKey>(
    'select workspace_id, id from campaigns where leaving_out limit 1 for no key update skip locked',
  );
  return rows[0] ?? null;
}

/**
 * Takes back some of those who wait in a cancelled campaign; `isOver` once there is nobody left. Whoever is being decided right now is
 * passed over, and has had their turn or is left out when asked again.
 */
export async function leaveOut(
  client: PoolClient,
  { workspace_id: workspaceId, id }: CampaignKey,
  now: number,
): Promise<{ left: number; isOver: boolean }> {
  await client.query('select from campaigns where workspace_id = $1 and id = $2 for no key update', [
    workspaceId,
    id,
  ]);
  const { rowCount: left } = await client.query(
    `with waiting as (
      select id from orders where workspace_id = $1 and campaign_id = $2 and outcome is null
      limit ${AT_ONCE} for update skip locked)
    update orders o set outcome = 'left-out', decided_at = $3 from waiting w
    where o.workspace_id = $1 and o.id = w.id and o.outcome is null`,
    [workspaceId, id, new Date(now)],
  );
  const { rowCount: over } = await client.query(
    `update campaigns set leaving_out = false where workspace_id = $1 and id = $2
       and not exists (select from orders where workspace_id = $1 and campaign_id = $2 and outcome is null)`,
    [workspaceId, id],
  );
  return { left: left ?? 0, isOver: over === 1 };
}
