import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { transactionOn } from './client-transaction.ts';

/** Runs one transaction after the other on the borrowed connection. */
export type InTransaction = <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;

/**
 * Lends one connection of the pool for as long as `work` takes. Its transactions look things up by index, as a lane's do, whatever
 * the planner believes of tables that just filled; the connection goes back as it came, for work that is seldom must not keep one.
 */
export async function borrowConnection<Result>(
  database: DataSource,
  work: (inTransaction: InTransaction) => Promise<Result>,
): Promise<Result> {
  const runner = database.createQueryRunner();
  try {
    const client: PoolClient = await runner.connect();
    return await work((one) =>
      transactionOn(client, async () => {
        await client.query(LOOK_UPS_ONLY);
        return await one(client);
      }),
    );
  } finally {
    await runner.release();
  }
}

const LOOK_UPS_ONLY =
  'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off';
