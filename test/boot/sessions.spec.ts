import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#server/database/data-source.ts';
import { holdToSessions } from '#server/database/hold-to-sessions.ts';

/** Connections of a pooler: processes of PostgreSQL that answer one question after the other, and what it says to BEGIN. */
function pooler(pids: number[], refusal?: string): DataSource {
  const query = async (statement: string) => {
    if (statement.startsWith('select')) return [{ pid: pids.shift() }];
    if (statement === 'begin' && refusal !== undefined) throw new Error(refusal);
    return [];
  };
  return {
    createQueryRunner: () => ({ query, release: async () => undefined }),
  } as unknown as DataSource;
}

describe('a pooler before the database', () => {
  it.each([
    ['the connection that was idle', pooler([1, 1])],
    ['whichever is free', pooler([1, 2, 3])],
    ['none for a transaction', pooler([1], 'transaction blocks not allowed in statement pooling mode')],
  ])('that gives a transaction %s is refused', async (_, source) => {
    await expect(holdToSessions(source)).rejects.toThrow('pool_mode = session');
  });

  it('that keeps a connection for each of ours is as good as none', async () => {
    await holdToSessions(pooler([1, 2, 1]));
    const source = await createDataSource({
      url: String(process.env.TEST_DATABASE_URL),
      pool: 2,
    }).initialize();
    await holdToSessions(source);
    await source.destroy();
  });

  it('is not taken for what else may be wrong', async () => {
    await expect(holdToSessions(pooler([1], 'query_wait_timeout'))).rejects.toThrow('query_wait_timeout');
  });
});
