import type { DataSource } from 'typeorm';

/**
 * Asks for what the database gives only where it can be written to, and locks nothing. A server that only reads, a standby since a
 * failover, answers everything else; here it refuses (25006), which also ends our connection to it.
 */
export async function askToWrite(source: DataSource): Promise<void> {
  await source.query('select from installation where false for update');
}
