import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { lowestId, newId } from '#server/common/ids.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { migrate } from '#server/database/migrate.ts';
import { MessagesByMonth1763000000016 } from '#server/migrations/0016-messages-by-month.ts';
import { migrations } from '#server/migrations/index.ts';
import { createEmptyDatabase } from '../support/database.ts';

const before = migrations.filter((migration) => !/16$/.test(new migration().name ?? ''));
const TABLES = ['inbound', 'outbound', 'trail'];
const WORKSPACE = '00000000-0000-7000-8000-000000000001';
const now = Date.now();
const DAY = 86_400_000;
/** Before, now, and where a clock was a century wrong. */
const TIMES = [0, now - 400 * DAY, now - 40 * DAY, now, now, now + 36_525 * DAY];

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let source: DataSource;
beforeEach(async () => {
  database = await createEmptyDatabase();
  source = await createDataSource({ url: database.url, migrations: before }).initialize();
  await migrate(source);
});
afterEach(async () => {
  await source.destroy();
  await database.close();
});

/** Brings the schema up to date with another process' eyes. */
async function upgrade(): Promise<void> {
  const node = await createDataSource({ url: database.url, migrations }).initialize();
  await migrate(node).finally(() => node.destroy());
}

const fill = () =>
  source.query(
    `with n as (select id, n from unnest($2::uuid[]) with ordinality as u(id, n)),
      texts as (
        insert into inbound (workspace_id, id, gateway_id, from_address, to_address, text, status, received_at)
        select $1, id, $1, '+1', '2', 'text ' || n, 'decided', now() from n),
      replies as (
        insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at)
        select $1, id, $1, $1, $1, 'reply ' || n, 1, 'reply', 'sent', now() from n)
    insert into trail (workspace_id, run_id, id, at, steps) select $1, $1, id, now(), '[]' from n`,
    [WORKSPACE, TIMES.map((time, n) => lowestId(time).replace(/.$/, String(n)))],
  );

const rows = async (table: string): Promise<string[]> => {
  const found: { row: string }[] = await source.query(`select t::text as row from ${table} t order by 1`);
  return found.map(({ row }) => row);
};

const parts = async (table: string): Promise<{ part: string; bounds: string; rows: number }[]> =>
  await source.query(
    `select c.relname as part, pg_get_expr(c.relpartbound, c.oid) as bounds,
       (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || c.relname, false, true, '')))[1]::text::int as rows
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass order by 1`,
    [table],
  );

const indexes = async (table: string): Promise<string[]> => {
  const found: { definition: string }[] = await source.query(
    `select indexdef as definition from pg_indexes where tablename = $1 order by 1`,
    [table],
  );
  return found.map(({ definition }) => definition.replace(' ONLY ', ' '));
};

test('what is stored stays where it lies; keys and indexes keep their names', async () => {
  await fill();
  const seen = async (part: (table: string) => string) =>
    await Promise.all(
      TABLES.map(async (table) => ({
        rows: await rows(table),
        indexes: await indexes(table),
        file: await source.query('select pg_relation_filenode($1) as file', [part(table)]),
      })),
    );
  const stored = await seen((table) => table);
  await upgrade();
  expect(await seen((table) => `${table}_early`)).toEqual(stored);
  for (const table of TABLES) {
    expect(await parts(table)).toMatchObject([
      { part: `${table}_early`, rows: 5 },
      { part: `${table}_later`, rows: 1 },
    ]);
    const options = await source.query(
      'select reloptions from pg_class where oid in ($1::regclass, $2::regclass) group by 1',
      [`${table}_early`, `${table}_later`],
    );
    expect(options).toHaveLength(1);
  }
  const checks = await source.query(
    `select conrelid::regclass::text as part from pg_constraint where conname like '%early_ids'`,
  );
  expect(checks).toEqual([]);
});

test('without rows it begins with this month, and takes any id', async () => {
  await upgrade();
  const start = new Date(now);
  const month = lowestId(Date.UTC(start.getUTCFullYear(), start.getUTCMonth()));
  await fill();
  for (const table of TABLES) {
    expect(await parts(table)).toMatchObject([
      { part: `${table}_early`, bounds: `FOR VALUES FROM (MINVALUE) TO ('${month}')` },
      { part: `${table}_later`, bounds: `FOR VALUES FROM ('${month}') TO (MAXVALUE)` },
    ]);
    expect(await rows(table)).toHaveLength(TIMES.length);
  }
});

test('a start that is broken off in the middle goes on where it stood', async () => {
  await fill();
  const stored = await rows('outbound');
  const runner = source.createQueryRunner();
  const broken = Object.assign(Object.create(runner), {
    query: (sql: string, values?: unknown[]) => {
      if (sql.includes('attach partition outbound_early')) throw new Error('The power went.');
      return runner.query(sql, values);
    },
  });
  await expect(new MessagesByMonth1763000000016().up(broken)).rejects.toThrow('The power went.');
  await runner.release();
  await upgrade();
  expect(await rows('outbound')).toEqual(stored);
  expect(await parts('outbound')).toMatchObject([{ rows: 5 }, { rows: 1 }]);
});

test('a node of the version before goes on writing and reading', async () => {
  await fill();
  const node = await createDataSource({ url: database.url }).initialize();
  const runner = node.createQueryRunner();
  const client = await runner.connect();
  const id = newId(now);
  const insert = () =>
    client.query({
      name: 'insert',
      text: `insert into trail (workspace_id, run_id, id, at, steps) values ($1, $1, $2, now(), '[]')`,
      values: [WORKSPACE, newId(now)],
    });
  const find = () =>
    client.query({
      name: 'find',
      text: 'select id from trail where workspace_id = $1 and run_id = $1 and id = $2',
      values: [WORKSPACE, id],
    });
  for (let n = 0; n < 7; n++) [await insert(), await find()];
  await upgrade();
  await insert();
  expect((await find()).rowCount).toBe(0);
  expect(await rows('trail')).toHaveLength(TIMES.length + 8);
  await runner.release();
  await node.destroy();
});
