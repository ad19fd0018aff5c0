import type { Fault } from '../fault.ts';

/** PostgreSQL is restarted as for an update: it cuts every connection and ends in good order. */
export const databaseRestarted: Fault = {
  name: 'database-restarted',
  summary: 'PostgreSQL restarted',
  async round(stage) {
    process.kill(stage.postmaster, 'SIGINT');
    await stage.heard(50);
  },
};
