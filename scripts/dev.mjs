// Reloads both halves on every change: npm run dev
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { build } from './support/build-steps.mjs';
import { programOf, ROOT, SERVER_FLAGS } from './support/run.mjs';

const port = process.env.PORT ?? '3000';
const clientPort = process.env.VITE_PORT ?? '5173';
const children = [];
let ending = false;

try {
  await build('server');
} catch (error) {
  if (!existsSync(join(ROOT, 'dist/server/main.js'))) {
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

// A group each: tsc is a wrapper around a native program, which would outlive it.
launch([programOf('typescript', 'bin/tsc'), '-b', 'server', '--watch', '--preserveWatchOutput']);
const client = await createServer({ root: join(ROOT, 'client'), configFile: join(ROOT, 'vite.config.ts') });
await client.listen();
launch([...SERVER_FLAGS, '--watch', '--watch-preserve-output', join(ROOT, 'dist/server/main.js')], {
  NODE_ENV: 'development',
  PORT: port,
  PUBLIC_URL: process.env.PUBLIC_URL ?? `http://127.0.0.1:${clientPort}`,
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
process.on('exit', () => {
  for (const child of children) killGroup(child, 'SIGKILL');
});

function launch(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    env: { ...process.env, ...env },
  });
  child.on('exit', (code) => void end(code ?? 1));
  children.push(child);
}

/** Lets the server end in good order, then whatever is left. */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) killGroup(child, 'SIGTERM');
  await client.close();
  for (let waited = 0; waited < 8000 && children.some(isRunning); waited += 50) await sleep(50);
  process.exit(code);
}

function isRunning(child) {
  return child.exitCode === null && child.signalCode === null;
}

function killGroup(child, signal) {
  if (!isRunning(child)) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
