import type { DataSource } from 'typeorm';
import { figure } from './words.ts';

/** Where the log stands. */
export async function walPosition(source: DataSource): Promise<string> {
  const [row]: { lsn: string }[] = await source.query('select pg_current_wal_insert_lsn()::text as lsn');
  return row?.lsn ?? '0/0';
}

/** Which tables a stretch of the log is about, in bytes each of so many times; a sentence. Parts of a table count as the table. */
export async function walByTable(
  source: DataSource,
  from: string,
  to: string,
  times: number,
): Promise<string> {
  const rows: WalRow[] = await source
    .query('create extension if not exists pg_walinspect')
    .then(() => source.query(BY_TABLE, [from, to]))
    .catch(() => []);
  if (rows.length === 0) return 'The WAL could not be read by table.';
  const each = (bytes: number): string => figure(Math.round(bytes / times));
  const tables = rows
    .filter(({ heap, indexes }) => (heap + indexes) / times >= 1)
    .map(({ name, heap, indexes }) => `${name} ${each(heap)} + ${each(indexes)}`);
  const images = rows.reduce((sum, row) => sum + row.images, 0);
  return `WAL by table, B/MO in its rows + in its indexes: ${tables.join(', ')}. Of all that, ${each(images)} are images of pages.`;
}

interface WalRow {
  name: string;
  heap: number;
  indexes: number;
  images: number;
}

/** A record belongs to the relation of its first block; what has none is commits and the like. */
const BY_TABLE = `
  with records as (
    select b.record_length as bytes, b.block_fpi_length as images, t.oid as of_table, x.indexrelid is not null as is_index
    from pg_get_wal_block_info($1::pg_lsn, $2::pg_lsn, false) b
      left join pg_class c on c.relfilenode = b.relfilenode and b.reldatabase = (select oid from pg_database where datname = current_database())
      left join pg_index x on x.indexrelid = c.oid
      left join pg_class t on t.oid = coalesce(x.indrelid, c.oid)
    where b.block_id = 0
    union all
    select r.record_length, 0, null, false from pg_get_wal_records_info($1::pg_lsn, $2::pg_lsn) r where r.block_ref is null)
  select coalesce(coalesce(pg_partition_root(of_table), of_table)::regclass::text, 'commits and others') as name,
    sum(bytes) filter (where not is_index)::float8 as heap,
    coalesce(sum(bytes) filter (where is_index), 0)::float8 as indexes, sum(images)::float8 as images
  from records group by 1 order by sum(bytes) desc`;
