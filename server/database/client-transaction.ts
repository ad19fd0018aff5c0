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
    await client.query('begin');
    try {
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}
