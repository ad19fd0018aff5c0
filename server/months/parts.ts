import type { ClientBase } from 'pg';
import type { MonthlyTable } from './month.ts';

/** A partition of a monthly table: the rows whose ids lie from `from` (null: from the lowest) to before `to` (null: to the highest). */
export interface Part {
  name: string;
  from: string | null;
  to: string | null;
}

/**
 * The partitions of a table, oldest first, without a gap: the first holds whatever is older than the oldest month, the last whatever is
 * newer than the newest, so that an id of any clock has its place.
 */
export async function readParts(client: ClientBase, table: MonthlyTable): Promise<Part[]> {
  const { rows } = await client.query<Part>(
    `select c.relname::text as name, substring(b.bound from $$FROM \\('([0-9a-f-]+)'\\)$$) as "from",
       substring(b.bound from $$TO \\('([0-9a-f-]+)'\\)$$) as "to"
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
       cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound offset 0) b
     where i.inhparent = $1::regclass order by 2 nulls first`,
    [table],
  );
  return rows;
}

/** Makes an empty part, whose pages are filled like those of its neighbour. */
export async function createPart(
  client: ClientBase,
  table: MonthlyTable,
  { name, from, to }: Part,
  neighbour: string,
): Promise<void> {
  const { rows } = await client.query<{ options: string | null }>(
    `select 'with (' || array_to_string(reloptions, ', ') || ')' as options from pg_class where oid = $1::regclass`,
    [neighbour],
  );
  const bound = (id: string | null, none: string): string => (id === null ? none : `'${id}'`);
  await client.query(
    `create table ${name} partition of ${table} for values from (${bound(from, 'minvalue')}) to (${bound(to, 'maxvalue')})
     ${rows[0]?.options ?? ''}`,
  );
}
