import type { DataSource } from 'typeorm';

/** Deleted in one statement, so that none is long. */
const AT_ONCE = 2_000;

/**
 * Forgets orders from before an id, with the numbers and keys that came with them: the same key is a new order afterwards. Who waits in a
 * campaign stays; an order of a program that was never decided was given up by whoever placed it. Returns how many.
 */
export async function forgetOrders(database: DataSource, before: string): Promise<number> {
  const workspaces: { id: string }[] = await database.query('select id from workspaces');
  let gone = 0;
  for (const { id } of workspaces) {
    for (let count = AT_ONCE; count === AT_ONCE; gone += count) {
      [, count] = await database.query(
        `delete from orders where workspace_id = $1 and id in (
           select id from orders where workspace_id = $1 and id < $2 and (outcome is not null or campaign_id is null) order by id limit ${AT_ONCE})`,
        [id, before],
      );
    }
  }
  return gone;
}
