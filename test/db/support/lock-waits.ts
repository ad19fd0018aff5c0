import type { DataSource } from 'typeorm';

/** How many wait for a lock in the database. */
export async function lockWaits(source: DataSource): Promise<number> {
  const [row] = await source.query(
    `select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row.waits;
}
