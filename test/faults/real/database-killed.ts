import type { Fault } from '../fault.ts';

/** PostgreSQL ends as by a power cut, recovers from its log and is there again. */
export const databaseKilled: Fault = {
  name: 'database-killed',
  summary: 'kill -9 of PostgreSQL',
  async round(stage) {
    process.kill(stage.postmaster, 'SIGKILL');
    await stage.heard(50);
  },
};
