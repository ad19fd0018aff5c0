import type { Fault } from '../fault.ts';
import { databaseKilled } from './database-killed.ts';

/** PostgreSQL ends as by a power cut while texts are acknowledged all the same: what is a STOP among them nobody has read yet. */
export const loggedDatabaseKilled: Fault = {
  name: 'logged-database-killed',
  summary: 'kill -9 of PostgreSQL with a NATS in front of it',
  nats: 1,
  async round(stage) {
    await databaseKilled.round(stage);
    // Texts are acknowledged before it is back.
    await stage.databaseIsBack();
  },
};
