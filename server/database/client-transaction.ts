import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/** Runs a transaction on a connection of the pool that is given back afterwards: for work that comes now and then. */
export async function clientTransaction<Result>(
  database: DataSource,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const runner = database.createQueryRunner();
  try {
    const client: PoolClient = await runner.connect();
    return await transactionOn(client, work);
  } finally {
    await runner.release();
  }
}

/** Runs a transaction on this connection: commits what `work` did, or rolls back and throws what it threw. */
export async function transactionOn<Result>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // Where even that fails, the connection is gone and everything with it.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
