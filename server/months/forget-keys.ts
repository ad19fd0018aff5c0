import type { DataSource } from 'typeorm';

/** What stands beside each text so that repeats and reports find it, and when it was written. */
const KEYS = [
  ['dedupe', 'received_at'],
  ['carrier_ids', 'sent_at'],
  ['receipts', 'received_at'],
] as const;
/** Deleted in steps of so many pages, so that no transaction is long. */
const PAGES = 2_000;

/** Forgets gateways' ids and reports from before a time: their texts are gone. Returns how many. */
export async function forgetKeys(database: DataSource, before: Date): Promise<number> {
  let gone = 0;
  for (const [table, column] of KEYS) {
    const [{ pages }]: [{ pages: number }] = await database.query(
      `select ceil(pg_relation_size($1) / current_setting('block_size')::numeric)::int as pages`,
      [table],
    );
    for (let page = 0; page < pages; page += PAGES) {
      const [, count]: [unknown[], number] = await database.query(
        `delete from ${table} where ctid >= $1::tid and ctid < $2::tid and ${column} < $3`,
        [`(${page},0)`, `(${page + PAGES},0)`, before],
      );
      gone += count;
    }
  }
  return gone;
}
