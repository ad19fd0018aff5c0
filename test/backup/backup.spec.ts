import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backUp } from '#server/backup/back-up.ts';
import { backupCommand, restoreCommand } from '#server/backup/commands.ts';
import { readManifest, restore } from '#server/backup/restore.ts';
import { readSettings } from '#server/config.ts';
import { lowestId } from '#server/common/ids.ts';
import { clientTransaction } from '#server/database/client-transaction.ts';
import { createDataSource } from '#server/database/data-source.ts';
import { runningDatabase } from '#server/database/embedded/embedded-postgres.ts';
import { migrate } from '#server/database/migrate.ts';
import { CommandedSwitches1763000000036 } from '#server/migrations/0036-commanded-switches.ts';
import { migrations } from '#server/migrations/index.ts';
import { layParts } from '#server/months/lay-parts.ts';
import { MONTHLY_TABLES, monthStart } from '#server/months/month.ts';
import { start } from '#server/start.ts';
import { createLog } from '#server/common/log.ts';
import { ApiClient, signInAsOwner } from '../support/api-client.ts';
import { createEmptyDatabase } from '../support/database.ts';
import { startNodeBeside, startTestServer, type TestServer } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'textloom-backup-'));
const now = new Date('2026-05-01T00:00:00Z');
let server: TestServer;
let copy: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  server = await startTestServer({}, { DEMO: 'on' });
  // As on a server that has run for a while: months before this one.
  const bounds = [-2, -1, 0, 1, 2].map((after) => lowestId(monthStart(Date.now(), after)));
  for (const table of MONTHLY_TABLES)
    await clientTransaction(server.database.source, (client) => layParts(client, table, bounds));
  copy = await createEmptyDatabase();
});
afterAll(async () => {
  await server.close();
  await copy.close();
  rmSync(folder, { recursive: true, force: true });
});

const says = (url: string, from: string, text: string) =>
  new ApiClient(url).post('/in/simulated/demo', { from, to: '12345', text });

/** Every row of every table, as text. */
async function everything(url: string): Promise<Record<string, string[]>> {
  const source = await createDataSource({ url }).initialize();
  const tables: { name: string }[] = await source.query(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p') and not relispartition and relpersistence = 'p' order by 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found: { row: string }[] = await source.query(
      `select t::text as row from ${name === 'migrations' ? '(select name from migrations) t' : `"${name}" t`} order by 1`,
    );
    rows[name] = found.map(({ row }) => row);
  }
  await source.destroy();
  return rows;
}

/** The parts of the tables by month, with their bounds and rows. */
async function months(url: string): Promise<unknown[]> {
  const source = await createDataSource({ url }).initialize();
  const parts: unknown[] = await source.query(
    `select c.relname as part, pg_get_expr(c.relpartbound, c.oid) as bounds, c.reloptions,
       query_to_xml('select count(*) as n from ' || c.relname, false, true, '')::text as rows
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relkind = 'r' order by 1`,
  );
  await source.destroy();
  return parts;
}

/** A backup during which nothing moved: the outbox may still have been at work. */
async function atRest() {
  for (let n = 0; ; n++) {
    const exact = join(folder, `exact-${n}`);
    const before = await everything(server.database.url);
    await backUp({ databaseUrl: server.database.url, folder: exact, now });
    const after = await everything(server.database.url);
    if (JSON.stringify(before) === JSON.stringify(after)) return { before, exact };
  }
}

describe('a backup', () => {
  const whole = join(folder, 'whole');

  test('taken under traffic holds one moment of it, and comes back row for row', async () => {
    for (let n = 0; n < 20; n++) await says(server.url, `+4477009001${10 + n}`, 'JOIN');
    let going = true;
    const traffic = (async () => {
      for (let n = 0; going; n++) await says(server.url, `+4477009002${10 + (n % 80)}`, 'JOIN');
    })();
    const manifest = await backUp({ databaseUrl: server.database.url, folder: whole, now });
    going = false;
    await traffic;
    expect(manifest).toEqual(await readManifest(whole));
    expect(manifest.takenAt).toBe(now.toISOString());
    await restore(copy.url, whole);
    const rows = await everything(copy.url);
    for (const table of manifest.tables)
      expect([table.name, rows[table.name]?.length]).toEqual([table.name, table.rows]);
    // One moment: every reply has its text, every text its contact.
    const source = await createDataSource({ url: copy.url }).initialize();
    const [{ orphans, texts }] = await source.query(
      `select (select count(*)::int from inbound) as texts, (select count(*)::int from outbound o
         where not exists (select 1 from inbound i where i.id = o.cause_id)) as orphans`,
    );
    await source.destroy();
    expect(texts).toBeGreaterThanOrEqual(20);
    expect(orphans).toBe(0);
    // Backed up again, the copy gives the same rows in other words.
    const again = await backUp({ databaseUrl: copy.url, folder: join(folder, 'again'), now });
    expect(again.tables.map(({ name, rows: count }) => [name, count])).toEqual(
      manifest.tables.map(({ name, rows: count }) => [name, count]),
    );
  });

  test('is a whole server: it starts on the copy, knows its people, and goes on', async () => {
    const owner = await signInAsOwner(server);
    const second = await createEmptyDatabase();
    const { before, exact } = await atRest();
    await restore(second.url, exact);
    expect(await everything(second.url)).toEqual(before);
    expect(await months(second.url)).toEqual(await months(server.database.url));
    const node = await startNodeBeside({ ...server, database: { ...server.database, url: second.url } });
    expect((await new ApiClient(node.url, owner.cookie).get('/api/session')).status).toBe(200);
    const { body } = await says(node.url, '+447700900110', 'YES');
    expect(body).toMatchObject({ status: 'decided', replies: [{ text: expect.any(String) }] });
    await node.close();
    await second.close();
  });

  test('is refused where it would be mixed up with something', async () => {
    await expect(restore(copy.url, whole)).rejects.toThrow('The database is not empty.');
    await expect(backUp({ databaseUrl: copy.url, folder: whole, now })).rejects.toThrow('is not empty');
    await expect(readManifest(folder)).rejects.toThrow('is no backup');
  });

  test('that was damaged is noticed, and nothing of it stays', async () => {
    const damaged = join(folder, 'damaged');
    cpSync(whole, damaged, { recursive: true });
    const file = join(damaged, 'contacts.copy.gz');
    writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString().replace('+44770', '+44771')));
    const empty = await createEmptyDatabase();
    const isNoticed = () =>
      expect(restore(empty.url, damaged)).rejects.toThrow('The backup is damaged: contacts.copy.gz');
    await isNoticed();
    writeFileSync(file, gzipSync('no row of this table\n'));
    await isNoticed();
    writeFileSync(file, readFileSync(join(whole, 'contacts.copy.gz')).subarray(0, -9));
    await isNoticed();
    rmSync(file);
    await isNoticed();
    await restore(empty.url, whole);
    await empty.close();
  });

  // From before there was a history of the switch that stops all sending, and from before it said by what.
  const commanded = migrations.indexOf(CommandedSwitches1763000000036);
  test.each([1, commanded])(
    'of an older version (%i) is restored and then brought up to date; of a newer one it is refused',
    async (before) => {
      const old = await createEmptyDatabase();
      const target = await createEmptyDatabase();
      const kept = join(folder, `old-${before}`);
      const source = await createDataSource({
        url: old.url,
        migrations: migrations.slice(0, before),
      }).initialize();
      await source.runMigrations();
      await source.query(
        `insert into workspaces (id, name, created_at) values (gen_random_uuid(), 'Old', now())`,
      );
      await source.destroy();
      await backUp({ databaseUrl: old.url, folder: kept, now });
      await restore(target.url, kept, { stopSendingAt: now });
      const upgraded = await createDataSource({ url: target.url, migrations }).initialize();
      expect(await migrate(upgraded)).toHaveLength(migrations.length - before);
      expect(await upgraded.query('select name, sending_stopped as stopped from workspaces')).toEqual([
        { name: 'Old', stopped: true },
      ]);
      expect(await upgraded.query('select command from sending_switches')).toEqual(
        before === 1 ? [] : [{ command: 'restore' }],
      );
      await upgraded.destroy();
      const manifest = JSON.parse(readFileSync(join(kept, 'backup.json'), 'utf8'));
      manifest.migrations.push('Tomorrow9999999999999');
      writeFileSync(join(kept, 'backup.json'), JSON.stringify(manifest));
      await expect(restore(target.url, kept)).rejects.toThrow('made by a newer Textloom');
      await old.close();
      await target.close();
    },
  );
});

test('nothing is backed up, and no database made, where there is none', async () => {
  const nowhere = join(folder, 'nowhere');
  await expect(backupCommand(readSettings({ DATA_DIR: nowhere }), join(folder, 'kept'), now)).rejects.toThrow(
    `There is no data in ${nowhere}`,
  );
  expect(existsSync(nowhere)).toBe(false);
});

test('the commands carry an embedded database with its secret from one data folder to another', async () => {
  const env = { NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'silent' };
  const from = readSettings({ ...env, DATA_DIR: join(folder, 'data'), DEMO: 'on' });
  const first = await start(from, { log: createLog('silent') });
  await says(first.url, '+447700900001', 'JOIN');
  const kept = join(folder, 'kept');
  expect(await backupCommand(from, kept, now)).toMatch(
    /^Backed up \d+ rows of \d+ tables to .*The secret is in it/,
  );
  await first.close();
  expect(statSync(join(kept, 'secret')).mode & 0o077).toBe(0);
  expect(readdirSync(kept)).toContain('backup.json');

  const to = readSettings({ ...env, DATA_DIR: join(folder, 'elsewhere'), DEMO: 'off' });
  await expect(restoreCommand(to, [], now)).rejects.toThrow('Say where from');
  expect(await restoreCommand(to, [kept, '--stop-sending'], now)).toMatch(
    /^Restored \d+ rows.* All sending is stopped/,
  );
  const second = await start(to, { log: createLog('silent') });
  const { body } = await says(second.url, '+447700900001', 'YES');
  const source = await createDataSource({ url: String(runningDatabase(to.dataDir)) }).initialize();
  const [held] = await source.query(
    'select sending_stopped as stopped, exists (select from outbox) as queued from workspaces',
  );
  const history = await source.query(
    'select stopped, at, command, person_id as person from sending_switches',
  );
  await source.destroy();
  await second.close();
  expect(history).toEqual([{ stopped: true, at: now, command: 'restore', person: null }]);
  expect(body).toMatchObject({ status: 'decided', replies: [{ text: expect.any(String) }] });
  expect(held).toEqual({ stopped: true, queued: true });
  await expect(restoreCommand(to, [kept], now)).rejects.toThrow('The database is not empty.');
}, 120_000);
