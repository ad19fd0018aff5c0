import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from '#server/database/embedded/embedded-postgres.ts';
import { THROWAWAY_SETTINGS } from '#server/database/embedded/settings.ts';

const settings = THROWAWAY_SETTINGS;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the database from another process, which is killed as soon as it runs. Returns the database's pid. */
async function startAndDie(dataDir: string): Promise<number> {
  const code = `
    const { startEmbeddedPostgres } = await import('#server/database/embedded/embedded-postgres.ts');
    const database = await startEmbeddedPostgres(${JSON.stringify({ dataDir, settings })});
    console.log(database.pid);
    setInterval(() => {}, 1000);`;
  const loader = resolve('test/support/ts-loader.mjs');
  const app = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(app.stdout, 'data');
  app.kill('SIGKILL');
  await once(app, 'exit');
  return Number(said);
}

describe('the embedded database', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'textloom-embedded-'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('keeps its data over a stop, and lets go of its folder', async () => {
    const first = await startEmbeddedPostgres({ dataDir, settings });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);

    const second = await startEmbeddedPostgres({ dataDir, settings });
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is taken over when it outlived a killed app', async () => {
    const pid = await startAndDie(dataDir);
    const database = await startEmbeddedPostgres({ dataDir, settings });
    expect(database).toMatchObject({ pid, adopted: true });
    expect(await query(database.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await database.stop();
  });

  it('is replaced when it outlived an app that ran it with other settings', async () => {
    const pid = await startAndDie(dataDir);
    const database = await startEmbeddedPostgres({ dataDir, settings: { ...settings, work_mem: '8MB' } });
    expect(database.adopted).toBe(false);
    expect(database.pid).not.toBe(pid);
    expect(await query(database.url, 'show work_mem')).toEqual([{ work_mem: '8MB' }]);
    await database.stop();
  });

  it('recovers when it was killed as well, also when its number went to another program', async () => {
    const pid = await startAndDie(dataDir);
    process.kill(pid, 'SIGKILL');
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));
    const database = await startEmbeddedPostgres({ dataDir, settings });
    expect(database.adopted).toBe(false);
    expect(await query(database.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await database.stop();
  });

  it('is started again, under the same address, when it dies beneath a running app', async () => {
    const deaths: number[] = [];
    const database = await startEmbeddedPostgres({ dataDir, settings, onDeath: () => deaths.push(1) });
    process.kill(database.pid, 'SIGKILL');
    for (;;) {
      const rows = await query(database.url, 'select answer from kept').catch(() => []);
      if (rows.length > 0 && deaths.length > 0) break;
      await sleep(50);
    }
    await database.stop();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('listens on loopback with a password where there are no sockets', async () => {
    const database = await startEmbeddedPostgres({ dataDir, settings, transport: 'tcp' });
    expect(database.url).toMatch(/^postgres:\/\/textloom:[\w-]{32}@127\.0\.0\.1:\d+\/textloom$/);
    expect(await query(database.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await expect(query(database.url.replace(/:[\w-]{32}@/, ':wrong@'), 'select 1')).rejects.toThrow(
      /password/,
    );
    await database.stop();
  });

  it('refuses data of another major version with a way out', async () => {
    const version = join(dataDir, 'postgres', 'PG_VERSION');
    const ours = readFileSync(version, 'utf8');
    writeFileSync(version, '16\n');
    await expect(startEmbeddedPostgres({ dataDir, settings })).rejects.toThrow(
      /was written by PostgreSQL 16; this Textloom brings PostgreSQL 18, which can't read it.*DATABASE_URL/,
    );
    writeFileSync(version, ours);
  });
});
