// Reloads both halves on every change: npm run dev
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build } from './support/build-steps.mjs';
import { endWithNpm } from './support/end-with-npm.mjs';
import { ROOT, SERVER_FLAGS } from './support/run.mjs';

const MAIN = join(ROOT, 'dist/server/main.js');
const WATCHED = ['shared', 'flows', 'server'].map((name) => join(ROOT, name));
/** What is written within so many milliseconds counts as one change. */
const QUIET = 120;

const port = process.env.PORT ?? '3000';
const page = `http://127.0.0.1:${process.env.VITE_PORT ?? '5173'}`;
const env = { NODE_ENV: 'development', PORT: port, PUBLIC_URL: process.env.PUBLIC_URL ?? page };

let server;
let ending = false;
let changed = false;
let busy = false;

const { createServer } = await import('vite').catch(() => {
  console.error('Vite is not installed: run `npm ci` without --omit=dev.');
  process.exit(1);
});
const client = await createServer({ configFile: join(ROOT, 'vite.config.ts') });
await client.listen();
await reload();

// Vite watches the client's own files already; the server's sources join them.
client.watcher.add(WATCHED);
client.watcher.on('all', (_event, path) => {
  if (!/\.(ts|json)$/.test(path) || !WATCHED.some((folder) => path.startsWith(folder + sep))) return;
  changed = true;
  setTimeout(reloadIfChanged, QUIET);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());
endWithNpm(() => void end());

function reloadIfChanged() {
  if (changed && !busy && !ending) void reload();
}

/** Builds, then puts a new server in the old one's place. What doesn't compile leaves the old one where it is. */
async function reload() {
  busy = true;
  changed = false;
  try {
    await build('server');
    await stop();
    start();
  } catch (error) {
    console.error(error.message);
    if (!server && existsSync(MAIN)) start();
  }
  busy = false;
  reloadIfChanged();
}

function start() {
  if (ending) return;
  const child = spawn(process.execPath, [...SERVER_FLAGS, MAIN], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  server = child;
  child.once('exit', (code) => {
    if (server === child) server = undefined;
    if (code) console.error('The server has ended. It is started again after the next change.');
  });
}

async function stop() {
  if (!server) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}

/** Ctrl+C reaches the server too: it is only waited for. */
async function end() {
  if (ending) return;
  ending = true;
  await Promise.all([client.close(), stop()]);
  process.exit(0);
}
