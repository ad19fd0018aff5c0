import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDataSource } from '#server/database/data-source.ts';
import { holdToSecret } from '#server/database/hold-to-secret.ts';
import { migrate } from '#server/database/migrate.ts';
import { migrations } from '#server/migrations/index.ts';
import { createEmptyDatabase } from '../support/database.ts';

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
