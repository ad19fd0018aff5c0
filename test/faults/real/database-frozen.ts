import { spawnSync } from 'node:child_process';
import type { Fault } from '../fault.ts';

const FROZEN_MS = 8_000;

/** PostgreSQL stands still with every connection open, as on a disk that hangs, and goes on as if nothing had been. */
export const databaseFrozen: Fault = {
  name: 'database-frozen',
  summary: `PostgreSQL frozen for ${FROZEN_MS / 1_000} seconds`,
  async round(stage) {
    const main = stage.postmaster;
    const all = [main, ...childrenOf(main)];
    const tell = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
      for (const pid of all) process.kill(pid, signal);
    };
    tell('SIGSTOP');
    try {
      await stage.pause(FROZEN_MS);
    } finally {
      tell('SIGCONT');
    }
  },
};

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.split('\n').map(Number).filter(Boolean);
}
