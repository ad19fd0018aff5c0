import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../common/errors.ts';

/** What a running server wrote about itself into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Empty where it listens on TCP only. */
  readonly socketFolder: string;
}

/** Reads postmaster.pid; undefined when there is none, or when it is still being written. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const lines = readLines(join(folder, 'postmaster.pid'));
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return undefined;
  return { pid, port, socketFolder: lines[4]?.trim() ?? '' };
}

/** Whether a process is there and is a PostgreSQL: a number may have gone to another program after a crash. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  return programOf(pid).includes('postgres');
}

/** Whether a process runs. One that ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return !/^State:\s+Z/m.test(readLines(`/proc/${pid}/status`).join('\n'));
}

function programOf(pid: number): string {
  const line = readLines(`/proc/${pid}/cmdline`)[0];
  if (line !== undefined) return line;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
