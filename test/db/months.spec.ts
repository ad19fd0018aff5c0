import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { lowestId } from '#server/common/ids.ts';
import { createLog } from '#server/common/log.ts';
import { completeSettings, readSettings } from '#server/config.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { cutMonths } from '#server/months/cut-months.ts';
import { layParts } from '#server/months/lay-parts.ts';
import { MONTHLY_TABLES, type MonthlyTable, monthName, monthStart } from '#server/months/month.ts';
import { Months } from '#server/months/months.service.ts';
import { readParts } from '#server/months/parts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ManualClock } from '../support/manual-clock.ts';

const WORKSPACE = '00000000-0000-7000-8000-000000000001';
/** Read once: nodes trust only clocks that are near the database's, and the month may end meanwhile. */
const now = Date.now();
const month = (after: number): number => monthStart(now, after);

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  source = database.source;
});
afterAll(() => database?.close());
beforeEach(async () => {
  for (const table of MONTHLY_TABLES) {
    await source.query(`truncate ${table}`);
    await run((client) => layParts(client, table, [lowestId(month(0))]));
  }
});

const run = <Result>(work: (client: PoolClient) => Promise<Result>) => clientTransaction(source, work);
const namesOf = async (table: MonthlyTable) =>
  (await run((client) => readParts(client, table))).map(({ name }) => name.replace(`${table}_`, ''));
const ready = ['early', ...[0, 1, 2].map((n) => monthName(month(n))), 'later'];

/** A trail of that time; says in which part it lies. */
async function store(time: number): Promise<string> {
  const [{ part }] = await source.query(
    `insert into trail (workspace_id, run_id, id, at, steps) values ($1, $1, $2, now(), '[]') returning tableoid::regclass::text as part`,
    [WORKSPACE, lowestId(time)],
  );
  return part;
}

const place = async (time: number): Promise<string> => {
  const [{ part }] = await source.query('select tableoid::regclass::text as part from trail where id = $1', [
    lowestId(time),
  ]);
  return part;
};

const monthsOn = (node: DataSource) =>
  new Months(
    node,
    new ManualClock(now),
    completeSettings(readSettings({}), { databaseUrl: database.url, secret: '' }),
    createLog('silent'),
  );

describe('months to come', () => {
  test('are made once by nodes that start together, for every table, and again as time goes by', async () => {
    const nodes = await Promise.all(
      [1, 2, 3].map(() => createDataSource({ url: database.url, pool: 2 }).initialize()),
    );
    const start = async (node: DataSource) => {
      const months = monthsOn(node);
      await months.onApplicationBootstrap();
      await months.onApplicationShutdown();
    };
    await Promise.all(nodes.map(start));
    // Where a table was in use for too long, the next round finds it free.
    for (const node of nodes) await start(node);
    for (const table of MONTHLY_TABLES) expect(await namesOf(table)).toEqual(ready);
    expect(await run((client) => cutMonths(client, 'trail', now))).toEqual([]);
    expect(await run((client) => cutMonths(client, 'trail', month(1)))).toEqual([
      `trail_${monthName(month(3))}`,
    ]);
    await Promise.all(nodes.map((node) => node.destroy()));
  });

  test('meet at midnight, and any clock finds its part', async () => {
    await run((client) => cutMonths(client, 'trail', now));
    expect(await store(month(1) - 1)).toBe(`trail_${monthName(month(0))}`);
    expect(await store(month(1))).toBe(`trail_${monthName(month(1))}`);
    expect(await store(0)).toBe('trail_early');
    expect(await store(month(1_200))).toBe('trail_later');
  });

  test('take over what was stored before they were there, and leave wrong clocks where they are', async () => {
    for (const after of [0, 1, 1_200]) expect(await store(month(after))).toBe('trail_later');
    await run((client) => cutMonths(client, 'trail', now));
    expect(await place(month(0))).toBe(`trail_${monthName(month(0))}`);
    expect(await place(month(1))).toBe(`trail_${monthName(month(1))}`);
    expect(await place(month(1_200))).toBe('trail_later');
  });

  test('after a long rest are made from now on; what lies between is one part', async () => {
    await run((client) => cutMonths(client, 'trail', month(30)));
    expect(await namesOf('trail')).toEqual([
      'early',
      ...[0, 30, 31, 32].map((n) => monthName(month(n))),
      'later',
    ]);
    expect(await store(month(12))).toBe(`trail_${monthName(month(0))}`);
  });

  test('wait for a backup instead of holding everybody up behind it', async () => {
    await run(async (backup) => {
      await backup.query('select count(*) from trail');
      await expect(run((client) => cutMonths(client, 'trail', now))).rejects.toMatchObject({ code: '55P03' });
    });
    expect(await run((client) => cutMonths(client, 'trail', now))).toHaveLength(3);
  });

  test('have the indexes and the room in their pages that their table asks for', async () => {
    await run((client) => cutMonths(client, 'outbound', now));
    const found = await source.query(
      `select distinct c.reloptions, (select count(*)::int from pg_index i where i.indrelid = c.oid) as indexes
       from pg_inherits p join pg_class c on c.oid = p.inhrelid where p.inhparent = 'outbound'::regclass`,
    );
    expect(found).toEqual([{ reloptions: ['fillfactor=45'], indexes: expect.any(Number) }]);
  });
});
