import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDataSource } from '#server/database/data-source.ts';
import { holdToSecret } from '#server/database/hold-to-secret.ts';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/migrations/index.ts';
import { createEmptyDatabase } from '../support/database.ts';

/** Stand for a release that changes a table, after one that changes another. */
class Aside9990000000001 implements MigrationInterface {
  readonly name = 'Aside9990000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table aside (id integer)');
  }
  down = () => Promise.resolve();
}
class Slips9990000000002 implements MigrationInterface {
  readonly name = 'Slips9990000000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table programs add column slips integer');
  }
  down = () => Promise.resolve();
}

describe('migrating', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.close());

  const connect = () => createDataSource({ url: database.url, migrations, pool: 3 }).initialize();

  it('is done once by many nodes that start together', async () => {
    const nodes = await Promise.all([connect(), connect(), connect()]);
    const ran = await Promise.all(nodes.map((node) => migrate(node)));
    expect(ran.map((names) => names.length).sort()).toEqual([0, 0, migrations.length]);
    await Promise.all(nodes.map((node) => node.destroy()));
  });

  it('refuses a schema that a newer version has made', async () => {
    const node = await connect();
    await migrate(node);
    await node.query(
      `insert into migrations (timestamp, name) values (9999999999999, 'Tomorrow9999999999999')`,
    );
    await expect(migrate(node)).rejects.toThrow(/newer Textloom \(it has Tomorrow9999999999999\)/);
    await node.destroy();
  });

  describe('a table that somebody reads', () => {
    const next = () =>
      createDataSource({
        url: database.url,
        migrations: [...migrations, Aside9990000000001, Slips9990000000002],
        pool: 3,
      }).initialize();
    let reader: pg.Client;
    beforeEach(async () => {
      const node = await connect();
      await migrate(node);
      await node.destroy();
      reader = new pg.Client({ connectionString: database.url, application_name: 'long report' });
      await reader.connect();
      await reader.query('begin');
      await reader.query('select count(*) from programs');
    });
    afterEach(() => reader.end());

    it('lets others go on while it waits, says whom it waits for, and comes to its end', async () => {
      const node = await next();
      const printed = jest.spyOn(console, 'log');
      const said: string[] = [];
      const patience = { lockMs: 300, apartMs: 200, longestMs: 60_000 };
      const waiting: Promise<string[]> = migrate(node, {
        ...patience,
        onWait: (waitsFor) => {
          // They stand behind the change of the table, and get through when it gives up.
          if (said.push(waitsFor) === 3) void reader.query('commit');
        },
      });
      const guest = new pg.Client({ connectionString: database.url, statement_timeout: 10_000 });
      await guest.connect();
      while (said.length === 0) await guest.query('select count(*) from programs');
      expect(await waiting).toEqual(['Aside9990000000001', 'Slips9990000000002']);
      // Nothing has failed.
      expect(printed.mock.calls).toEqual([]);
      printed.mockRestore();
      await guest.query('select slips from programs');
      await guest.end();
      const [{ pid }] = (await reader.query('select pg_backend_pid() as pid')).rows;
      expect(said[0]).toMatch(
        new RegExp(
          `^the table programs, which process ${pid} \\(long report of \\w+, idle in transaction for \\d+ s\\) holds$`,
        ),
      );
      // What waits for its locks for ever, such as the lanes, gets the connection as it was.
      const limits = await Promise.all([1, 2, 3].map(() => node.query('show lock_timeout')));
      expect(limits.flat()).toEqual(Array(3).fill({ lock_timeout: '0' }));
      await node.destroy();
    });

    it('is given up with a sentence, and what was through stays', async () => {
      const node = await next();
      const gaveUp = migrate(node, { lockMs: 100, apartMs: 100, longestMs: 300 });
      await expect(gaveUp).rejects.toThrow(
        /could not be brought up to date: that waits for the table programs, which process \d+ \(long report/,
      );
      expect(await node.query('select count(*)::int as rows from aside')).toEqual([{ rows: 0 }]);
      await reader.query('rollback');
      expect(await migrate(node)).toEqual(['Slips9990000000002']);
      await node.destroy();
    });
  });

  it('holds a database to the secret it was first used with', async () => {
    const node = await connect();
    await migrate(node);
    const secret = 'the first secret, long enough to be one';
    await holdToSecret(node, secret);
    await holdToSecret(node, secret);
    await expect(holdToSecret(node, `${secret}!`)).rejects.toThrow(/set up with another SECRET/);
    await node.destroy();
  });
});
