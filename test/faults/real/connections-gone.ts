import pg from 'pg';
import type { Fault } from '../fault.ts';

const GONE_MS = 5_000;

/** Somebody else takes all connections that PostgreSQL has, those of the nodes as well, and keeps them for a while. */
export const connectionsGone: Fault = {
  name: 'connections-gone',
  summary: `every connection of PostgreSQL taken by somebody else for ${GONE_MS / 1_000} seconds`,
  async round(stage) {
    const taken: pg.Client[] = [];
    const takeAll = async (): Promise<void> => {
      for (;;) {
        const client = new pg.Client({ connectionString: stage.databaseUrl });
        client.on('error', () => undefined);
        try {
          await client.connect();
        } catch {
          return;
        }
        taken.push(client);
      }
    };
    try {
      await takeAll();
      await taken[0]?.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'textloom'`,
      );
      await takeAll();
      await stage.pause(GONE_MS);
    } finally {
      await Promise.all(taken.map((client) => client.end()));
    }
  },
};
