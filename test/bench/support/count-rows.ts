import type { DataSource } from 'typeorm';

/** Compares counts in the database (one row, a column each) with what was acknowledged. Returns what differs, in sentences. */
export async function countRows(
  source: DataSource,
  when: string,
  expected: Readonly<Record<string, number>>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<string[]> {
  const [found]: Record<string, number>[] = await source.query(sql, [...values]);
  return Object.entries(expected)
    .filter(([what, count]) => found?.[what] !== count)
    .map(([what, count]) => `${when}: ${what}: ${found?.[what]} in the database, ${count} expected.`);
}
