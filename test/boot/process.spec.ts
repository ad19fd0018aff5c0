import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { isAlive, readPostmaster } from '#server/database/embedded/postmaster.ts';

/** As `npm start` runs it. */
const COMMAND = ['--conditions=built', '--disable-warning=ExperimentalWarning', 'dist/server/main.js'];

/** Starts the server as a process of its own and collects what it says. */
function startServer(dataDir: string) {
  const child = spawn(process.execPath, COMMAND, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO: 'off', LOG_LEVEL: 'info', NODE_ENV: 'test' },
  });
  const process_ = { child, said: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      process_.said += text;
    });
  }
  return process_;
}

async function said(server: { child: ChildProcess; said: string }, words: RegExp): Promise<string> {
  for (;;) {
    const found = words.exec(server.said);
    if (found) return found[1] ?? found[0];
    if (server.child.exitCode !== null) throw new Error(`The server ended: ${server.said}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', 'server']);
}, 60_000);

const READY = /Textloom is ready: (\S+)/;

it('starts, refuses a second start, survives kill -9 and ends in good order', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'textloom-process-'));
  const first = startServer(dataDir);
  const url = await said(first, READY);
  expect((await fetch(`${url}/health`)).status).toBe(200);

  const second = startServer(dataDir);
  const [code] = await once(second.child, 'exit');
  expect(code).toBe(1);
  expect(second.said).toContain(
    `Textloom already runs (pid ${first.child.pid}) at ${url} with this data folder`,
  );

  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const orphan = readPostmaster(join(dataDir, 'postgres'));
  expect(orphan && isAlive(orphan.pid)).toBe(true);

  const third = startServer(dataDir);
  const newUrl = await said(third, READY);
  expect(third.said).toContain('"adopted":true');
  expect((await fetch(`${newUrl}/health`)).status).toBe(200);
  third.child.kill('SIGTERM');
  expect(await once(third.child, 'exit')).toEqual([0, null]);
  expect(readPostmaster(join(dataDir, 'postgres'))).toBeUndefined();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

it('ends with whoever started it, even one that ended at once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'textloom-process-'));
  const server = startServer(dataDir);
  server.child.disconnect();
  expect(await once(server.child, 'exit')).toEqual([0, null]);
  expect(readPostmaster(join(dataDir, 'postgres'))).toBeUndefined();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);
