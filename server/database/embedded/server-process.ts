import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUser } from './database-user.ts';
import { isPostgres, readPostmaster } from './postmaster.ts';

const LARGEST_LOG = 10 * 1024 * 1024;

/** What a server process is started with. */
export interface ServerPlan {
  readonly folder: string;
  readonly logFile: string;
  readonly user: DatabaseUser;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts the server in a process group of its own, so that Ctrl+C reaches the app first, with its words going to a
 * file, so that it survives our sudden death and can be taken over.
 */
export function spawnServer(plan: ServerPlan): ChildProcess {
  const settings = Object.entries(plan.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, ...ids } = plan.user.command(plan.user.binaries.postgres, [
    '-D',
    plan.folder,
    '-p',
    String(plan.port),
    ...settings,
  ]);
  const log = openLog(plan.logFile);
  try {
    const child = spawn(file, [...args], {
      ...ids,
      detached: true,
      stdio: ['ignore', log, log],
      cwd: plan.folder,
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Asks a server to end what is under way, roll it back and stop; waits until it let go of its folder. */
export async function stopServer(folder: string, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  for (let waited = 0; isRunning(folder, pid); waited += 20) {
    if (waited === 30_000) signal(pid, 'SIGQUIT');
    if (waited > 40_000) throw new Error(`The database (pid ${pid}) does not stop.`);
    await sleep(20);
  }
}

/** The same in an exit handler, where nobody can wait. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/** The last lines that a server wrote, for an error message. */
export function lastWords(logFile: string, lines = 12): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function isRunning(folder: string, pid: number): boolean {
  return existsSync(join(folder, 'postmaster.pid')) && readPostmaster(folder)?.pid === pid && isPostgres(pid);
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
