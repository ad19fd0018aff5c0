import type { DataSource } from 'typeorm';

/** What the product keeps of a person. */
const EVERYTHING = [
  'contacts',
  'consents',
  'consent_ledger',
  'inbound',
  'dedupe',
  'outbound',
  'runs',
  'trail',
  'backlog',
] as const;

/** What a decision looks up and where ids are claimed. Of millions of people this fits on a disk, and their old texts do not. */
export const LOOKED_UP: Clones['tables'] = ['contacts', 'consents', 'dedupe', 'runs'];

/** Ids of what belongs to one person. A copy's differs in its last 12 digits, which are the copy's number. */
const IDS = ['id', 'contact_id', 'inbound_id', 'cause_id', 'run_id', 'message_id'];
const NUMBERS = ['phone', 'from_address'];

/** Copies made with one statement. */
const AT_ONCE = 250_000;

interface Clones {
  /** The numbers of the people who are made. */
  from: number;
  to: number;
  /** All of them, unless it says which. */
  tables?: readonly (typeof EVERYTHING)[number][];
}

/**
 * Makes people by copying the rows of the only person there is, so that a database has as many as it would after years, of the very
 * shape that the product writes; what was queued for that person counts as delivered. The copies' numbers are those of `phoneOf`. What
 * JSON says of ids is the first one's.
 */
export async function clonePeople(
  source: DataSource,
  { from, to, tables = EVERYTHING }: Clones,
): Promise<void> {
  await source.query(`update outbound set status = 'delivered', sent_at = created_at`);
  await source.query('truncate outbox');
  for (const table of tables) await source.query(`create table first_${table} as select * from ${table}`);
  for (let first = from; first < to; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE, to) - 1;
    for (const table of tables) await source.query(await copying(source, table), [first, last]);
  }
  for (const table of tables) await source.query(`drop table first_${table}`);
  await source.query('vacuum analyze');
  await source.query('checkpoint');
}

async function copying(source: DataSource, table: string): Promise<string> {
  const columns: { name: string }[] = await source.query(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  return `insert into ${table} (${names.join(', ')})
    select ${names.map(copyOf).join(', ')} from generate_series($1::int, $2::int) n cross join first_${table} f order by n`;
}

function copyOf(column: string): string {
  if (IDS.includes(column)) return `(left(f.${column}::text, 24) || lpad(to_hex(n), 12, '0'))::uuid`;
  if (NUMBERS.includes(column)) return `'+1' || (2000000001 + 10 * n::bigint)`;
  if (column === 'gateway_message_id') return `f.gateway_message_id || '-' || n`;
  if (column === 'shard') return 'n % 8';
  return `f.${column}`;
}
