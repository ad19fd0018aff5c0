import type { DataSource, EntityManager } from 'typeorm';
import { figure } from './words.ts';

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
type Table = (typeof EVERYTHING)[number];

/** What a decision looks up and where ids are claimed. Of millions of people this fits on a disk, and their old texts do not. */
export const LOOKED_UP: readonly Table[] = ['contacts', 'consents', 'dedupe', 'runs'];

/** Ids of what belongs to one person. A copy's differs in its last 12 digits, which are the copy's number. */
const IDS = ['id', 'contact_id', 'inbound_id', 'cause_id', 'run_id', 'message_id'];
const NUMBERS = ['phone', 'from_address'];

/** Copies made with one statement. */
const AT_ONCE = 500_000;
/** Tables filled at a time: there is a core for each, and the largest decides. */
const SIDE_BY_SIDE = 2;
/** The tables that take longest, which are filled first. */
const LARGEST: readonly Table[] = ['dedupe', 'outbound', 'inbound', 'trail', 'runs', 'consent_ledger'];
/** More copies than this take so long that somebody may wonder. */
const MANY = 500_000;

interface Clones {
  /** The numbers of the people who are made. */
  from: number;
  to: number;
  /** All of them, unless it says which. */
  tables?: readonly Table[];
}

/**
 * Makes people by copying the rows of the only person there is, so that a database has as many as it would after years, of the very
 * shape that the product writes; what was queued for that person counts as delivered. The copies' numbers are those of `phoneOf`. What
 * JSON says of ids is the first one's. Rows go into empty tables, indexes are built over them: what stands there in the end is the same.
 */
export async function clonePeople(
  source: DataSource,
  { from, to, tables = EVERYTHING }: Clones,
  say: (sentence: string) => void = () => undefined,
): Promise<void> {
  await source.query(`update outbound set status = 'delivered', sent_at = created_at`);
  await source.query('truncate outbox');
  const largestFirst = [...tables].sort((one, other) => rank(one) - rank(other));
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (let table = largestFirst.shift(); table; table = largestFirst.shift())
        await fill(source, table, from, to, to - from >= MANY ? say : () => undefined);
    }),
  );
  await source.query('checkpoint');
}

const rank = (table: Table): number => {
  const place = LARGEST.indexOf(table);
  return place < 0 ? LARGEST.length : place;
};

/** A table that is emptied in the transaction that fills it is written without a log where nothing replicates. */
async function fill(
  source: DataSource,
  table: Table,
  from: number,
  to: number,
  say: (sentence: string) => void,
): Promise<void> {
  const began = performance.now();
  const seconds = (): string => `${figure((performance.now() - began) / 1_000)} s`;
  await source.transaction(async (manager) => {
    await manager.query(`set local maintenance_work_mem = '512MB'`);
    const { keep, again, copies } = await copying(manager, table);
    await manager.query(keep);
    const build = await dropIndexes(manager, table);
    await manager.query(`alter table ${table} disable trigger user`);
    await manager.query(`truncate ${table}`);
    await manager.query(again);
    for (let first = from; first < to; first += AT_ONCE) {
      const last = Math.min(first + AT_ONCE, to) - 1;
      await manager.query(copies, [first, last]);
      say(`  ${table}: ${figure(last)} of ${figure(to - 1)} people, ${seconds()}`);
    }
    await manager.query(`alter table ${table} enable trigger user`);
    for (const statement of build) await manager.query(statement);
    say(`  ${table}: indexed, ${seconds()}`);
  });
  await source.query(`vacuum analyze ${table}`);
  say(`  ${table}: swept, ${seconds()}`);
}

/** Drops a table's indexes with the constraints they serve, and returns the statements that make them again. */
async function dropIndexes(manager: EntityManager, table: Table): Promise<string[]> {
  const indexes: { name: string; definition: string; constraint: string | null }[] = await manager.query(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition, pg_get_constraintdef(c.oid) as constraint
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
     where i.indrelid = $1::regclass order by i.indisprimary desc, 1`,
    [table],
  );
  const build: string[] = [];
  for (const { name, definition, constraint } of indexes) {
    await manager.query(constraint ? `alter table ${table} drop constraint ${name}` : `drop index ${name}`);
    build.push(
      constraint
        ? `alter table ${table} add constraint ${name} ${constraint}`
        : definition.replace(' ON ONLY ', ' ON '),
    );
  }
  return build;
}

/** The statements that keep the first person's rows, put them back, and copy them from one number to another, person by person. */
async function copying(
  manager: EntityManager,
  table: Table,
): Promise<{ keep: string; again: string; copies: string }> {
  const columns: { name: string }[] = await manager.query(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  const into = `insert into ${table} (${names.join(', ')})`;
  const heads = names
    .filter((name) => IDS.includes(name))
    .map((name) => `left(${name}::text, 24) as head_of_${name}`);
  return {
    keep: `create temp table first_${table} on commit drop as select ${['*', ...heads].join(', ')} from ${table}`,
    again: `${into} select ${names.join(', ')} from first_${table}`,
    copies: `${into} select ${names.map(copyOf).join(', ')}
      from (select n, lpad(to_hex(n), 12, '0') as tail from generate_series($1::int, $2::int) n) p
        cross join lateral (select p.tail, f.* from first_${table} f offset 0) f`,
  };
}

function copyOf(column: string): string {
  if (IDS.includes(column)) return `(f.head_of_${column} || f.tail)::uuid`;
  if (NUMBERS.includes(column)) return `'+1' || (2000000001 + 10 * p.n::bigint)`;
  if (column === 'gateway_message_id') return `f.gateway_message_id || '-' || p.n`;
  if (column === 'shard') return 'p.n % 8';
  return `f.${column}`;
}
