import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '#server/database/data-source.ts';
import { LaneConnection } from '#server/database/lane-connection.ts';
import { batchStatement, WriteSet } from '#server/database/write-set.ts';
import { createEmptyDatabase } from '../support/database.ts';

const addFruit = batchStatement(
  'fruit',
  { name: 'text', amount: 'int4', at: 'timestamptz' },
  (rows) => `insert into fruit (name, amount, at) select * from ${rows} on conflict do nothing`,
);
const eatFruit = batchStatement(
  'eaten',
  { name: 'text' },
  (rows) => `update fruit f set amount = f.amount - 1 from ${rows} where f.name = n.name`,
  { whole: true },
);
const addTool = batchStatement(
  'tools',
  { name: 'text' },
  (rows) => `insert into tools select * from ${rows}`,
);

let pool: pg.Pool;
let client: pg.PoolClient;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  database = await createEmptyDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  client = await pool.connect();
  await client.query('create table fruit (name text primary key, amount int, at timestamptz)');
  await client.query('create table tools (name text not null)');
});

afterAll(async () => {
  client?.release();
  await pool?.end();
  await database?.close();
});

beforeEach(() => client.query('truncate fruit, tools'));

describe('a write set', () => {
  test('that is empty asks nothing of the database', async () => {
    const query = jest.spyOn(client, 'query');
    await new WriteSet().flush(client);
    expect(query).not.toHaveBeenCalled();
    const one = new WriteSet();
    one.add(addTool, { name: 'knife' });
    await one.flush(client);
    expect(query).toHaveBeenCalledTimes(1);
    query.mockRestore();
  });

  test('writes every kind of row in one statement', async () => {
    const before = new WriteSet();
    before.add(addFruit, { name: 'apple', amount: 3, at: 0 });
    before.add(addFruit, { name: 'pear', amount: null, at: null });
    await before.flush(client);

    const writes = new WriteSet();
    writes.add(addTool, { name: 'knife' });
    writes.add(addFruit, { name: 'apple', amount: 9, at: 0 });
    writes.add(addFruit, { name: 'fig', amount: 1, at: 0 });
    writes.add(eatFruit, { name: 'apple' });
    await writes.flush(client);

    const { rows } = await client.query('select name, amount from fruit order by name');
    expect(rows).toEqual([
      { name: 'apple', amount: 2 },
      { name: 'fig', amount: 1 },
      { name: 'pear', amount: null },
    ]);
  });

  test('lets every part see the database as it was before', async () => {
    const writes = new WriteSet();
    writes.add(addFruit, { name: 'plum', amount: 1, at: 0 });
    writes.add(eatFruit, { name: 'plum' });
    await expect(writes.flush(client)).rejects.toThrow('0 of 1 rows were there as they were read: eaten');
  });

  test('prepares each combination once, whatever the order of its parts', async () => {
    const prepared = async (): Promise<number> =>
      (await client.query(`select 1 from pg_prepared_statements where name like 'write-set-%'`)).rowCount ??
      0;
    const flush = async (first: 'fruit' | 'tool'): Promise<void> => {
      const writes = new WriteSet();
      if (first === 'tool') writes.add(addTool, { name: 'a' });
      writes.add(addFruit, { name: `${first}`, amount: 1, at: 0 });
      if (first === 'fruit') writes.add(addTool, { name: 'b' });
      await writes.flush(client);
    };
    await flush('fruit');
    const before = await prepared();
    await flush('tool');
    expect(await prepared()).toBe(before);
  });

  test('fails, and with it its transaction, where a row is not touched that should be, and COMMIT went out behind it', async () => {
    await client.query(`insert into fruit values ('fig', 5, now())`);
    const writes = new WriteSet();
    writes.add(eatFruit, { name: 'fig' });
    writes.add(eatFruit, { name: 'no such fruit' });
    writes.add(addTool, { name: 'knife' });
    const source = await createDataSource({ url: database.url, entities: [], migrations: [] }).initialize();
    const connection = new LaneConnection(source);
    const work = (one: pg.PoolClient) => one.query(`insert into tools values ('spoon')`);
    await expect(connection.transaction(work, { last: (lane) => writes.flush(lane) })).rejects.toThrow(
      '1 of 2 rows were there as they were read: eaten',
    );
    expect((await client.query('select 1 from tools')).rowCount).toBe(0);
    expect((await client.query('select amount from fruit')).rows).toEqual([{ amount: 5 }]);

    writes.add(eatFruit, { name: 'fig' });
    await connection.transaction(work, { last: (lane) => writes.flush(lane) });
    expect((await client.query('select 1 from tools')).rowCount).toBe(1);
    expect((await client.query('select amount from fruit')).rows).toEqual([{ amount: 4 }]);
    await connection.drop();
    await source.destroy();
  });

  test('is prepared again where it failed the first time', async () => {
    const addKnife = batchStatement(
      'knives',
      { name: 'text' },
      (rows) => `insert into tools select * from ${rows}`,
    );
    for (const name of [null, 'knife', null, 'fork', 'spoon']) {
      const writes = new WriteSet();
      writes.add(addKnife, { name });
      if (name === null) await expect(writes.flush(client)).rejects.toMatchObject({ code: '23502' });
      else await writes.flush(client);
    }
    expect((await client.query('select name from tools order by name')).rows).toEqual([
      { name: 'fork' },
      { name: 'knife' },
      { name: 'spoon' },
    ]);
  });

  test('fails as a whole', async () => {
    const writes = new WriteSet();
    writes.add(addFruit, { name: 'kiwi', amount: 1, at: 0 });
    writes.add(addTool, { name: null });
    await expect(writes.flush(client)).rejects.toMatchObject({ code: '23502' });
    expect((await client.query('select 1 from fruit')).rowCount).toBe(0);
  });

  test('tells at once that it failed where statements are given up after a while', async () => {
    const patient = createDataSource({ url: database.url, longestMs: 120_000 });
    await patient.initialize();
    const lane = new LaneConnection(patient);
    const writes = new WriteSet();
    writes.add(addTool, { name: null });
    await expect(lane.transaction((on) => writes.flush(on))).rejects.toMatchObject({ code: '23502' });
    await lane.drop();
    await patient.destroy();
  });
});
