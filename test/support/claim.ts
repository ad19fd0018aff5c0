import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { claim } from '#server/outbound/claim.ts';
import { allLanes } from '#server/outbound/lanes.ts';
import { type ClaimedText, readClaimed } from '#server/outbound/read-claimed.ts';

/** Claims and reads so many due texts of every lane, as a node without limits would. */
export async function claimDue(client: PoolClient, now: number, most: number): Promise<ClaimedText[]> {
  const { due: lanes } = await allLanes(client, now);
  const leased = await claim(
    client,
    now,
    lanes.map((lane) => ({ lane, most })),
  );
  return await readClaimed(client, leased, now);
}

/** Does what a sender does with what it has claimed, on a connection of its own; every statement commits by itself. */
export async function whileClaimed<Result>(
  source: DataSource,
  now: number,
  work: (texts: ClaimedText[], client: PoolClient) => Promise<Result> | Result,
): Promise<Result> {
  const runner = source.createQueryRunner();
  try {
    const client: PoolClient = await runner.connect();
    return await work(await claimDue(client, now, 500), client);
  } finally {
    await runner.release();
  }
}
