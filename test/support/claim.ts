import type { PoolClient } from 'pg';
import { dueLanes } from '#server/outbound/lanes.ts';
import { type ClaimedText, claim } from '#server/outbound/outbox.repository.ts';

/** Claims so many due texts of every lane, as a node without limits would. */
export async function claimDue(client: PoolClient, now: number, most: number): Promise<ClaimedText[]> {
  const lanes = await dueLanes(client, now);
  return await claim(
    client,
    now,
    lanes.map((lane) => ({ lane, most })),
  );
}
