import type pg from 'pg';

/** A table as it is copied: whole tables only, partitions belong to theirs, computed columns are computed again. */
export interface Table {
  name: string;
  columns: string[];
}

/** The tables of our schema, by name. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relpersistence = 'p' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.oid, c.relname order by c.relname`,
  );
  return rows;
}

interface ForeignKey {
  tableName: string;
  name: string;
  definition: string;
}

/** Takes the foreign keys away while `work` fills tables in any order, and puts them back, which checks every row. */
export async function withoutForeignKeys(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<ForeignKey>(
    `select k.conrelid::regclass::text as "tableName", quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0`,
  );
  for (const { tableName, name } of rows)
    await client.query(`alter table ${tableName} drop constraint ${name}`);
  await work();
  for (const { tableName, name, definition } of rows)
    await client.query(`alter table ${tableName} add constraint ${name} ${definition}`);
}

/** Lets every counter of ids go on after the highest id there is. */
export async function advanceSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ tableName: string; columnName: string; sequence: string }>(
    `select c.oid::regclass::text as "tableName", quote_ident(a.attname) as "columnName",
       pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null`,
  );
  for (const { tableName, columnName, sequence } of rows)
    await client.query(`select setval($1, coalesce(max(${columnName}), 0) + 1, false) from ${tableName}`, [
      sequence,
    ]);
}

/** A table or column name as SQL wants it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
