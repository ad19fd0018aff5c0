import type { PoolClient } from 'pg';
import { ArrayColumn, type ColumnType, type ColumnValue } from './binary-array.ts';

type Columns = Readonly<Record<string, ColumnType>>;

/** One set-based write: its columns, and the SQL that takes them from a relation of rows. */
export interface BatchStatement<Shape extends Columns> {
  name: string;
  columns: Shape;
  /** `rows` is a relation with the columns' names, to be selected from. */
  sql: (rows: string) => string;
  /** Rows that are sure to be touched need not be counted. */
  counted: boolean;
  /** Columns of batches that were written, for the next ones: as large as they had to be. */
  spare: ArrayColumn[][];
}

export type RowOf<Shape extends Columns> = { readonly [Name in keyof Shape]: ColumnValue };

/** Declares a set-based write; `counted` when its caller asks how many rows it touched. */
export function batchStatement<const Shape extends Columns>(
  name: string,
  columns: Shape,
  sql: (rows: string) => string,
  { counted = false }: { counted?: boolean } = {},
): BatchStatement<Shape> {
  return { name, columns, sql, counted, spare: [] };
}

interface Pending {
  statement: BatchStatement<Columns>;
  names: readonly string[];
  columns: ArrayColumn[];
}

/**
 * Collects the rows of a transaction and writes them with one statement: a CTE for each kind of row that occurs, fed by UNNEST.
 * The arrays are unnested side by side in a select list, which streams; as a function in FROM they would be stored first.
 * All parts see the database as it was before the statement, so a row may be touched by one part only. Rows are encoded as they
 * come, for garbage that is old is dear.
 */
export class WriteSet {
  private readonly pending = new Map<string, Pending>();

  add<Shape extends Columns>(statement: BatchStatement<Shape>, row: RowOf<Shape>): void {
    let pending = this.pending.get(statement.name);
    if (!pending) {
      pending = begun(statement);
      this.pending.set(statement.name, pending);
    }
    const { names, columns } = pending;
    for (let i = 0; i < names.length; i++) columns[i]?.push(row[names[i] ?? ''] ?? null);
  }

  /** Writes everything in one round trip. Returns how many rows each counted part touched. */
  async flush(client: PoolClient): Promise<Record<string, number>> {
    const parts = [...this.pending.values()].sort((a, b) => (a.statement.name < b.statement.name ? -1 : 1));
    if (parts.length === 0) return {};
    const { name, text } = preparedOf(parts);
    const values = parts.flatMap(({ columns }) => columns.map((column) => column.take()));
    for (const { statement, columns } of parts) statement.spare.push(columns);
    this.pending.clear();
    const result = await client.query<Record<string, number>>({ name, text, values });
    return result.rows[0] ?? {};
  }
}

function begun(statement: BatchStatement<Columns>): Pending {
  const columns =
    statement.spare.pop() ?? Object.values(statement.columns).map((type) => new ArrayColumn(type));
  return { statement, names: Object.keys(statement.columns), columns };
}

/** The statements of combinations seen so far; there are few, and each is prepared once a connection. */
const prepared = new Map<string, { name: string; text: string }>();

function preparedOf(parts: readonly Pending[]): { name: string; text: string } {
  const key = parts.map(({ statement }) => statement.name).join();
  const known = prepared.get(key);
  if (known) return known;
  // PostgreSQL cuts names at 63 bytes, so the combination itself is no name.
  const made = { name: `write-set-${prepared.size}`, text: textOf(parts) };
  prepared.set(key, made);
  return made;
}

function textOf(parts: readonly Pending[]): string {
  let parameter = 0;
  const ctes = parts.map(({ statement: { name, columns, sql, counted } }) => {
    const arrays = Object.entries(columns).map(
      ([column, type]) => `unnest($${++parameter}::${type}[]) as ${column}`,
    );
    return `${name} as (${sql(`(select ${arrays.join(', ')}) as n`)}${counted ? ' returning 1' : ''})`;
  });
  const counts = parts
    .filter(({ statement }) => statement.counted)
    .map(({ statement: { name } }) => `(select count(*)::int from ${name}) as ${name}`);
  return `with ${ctes.join(',\n')}\nselect ${counts.join(', ')}`;
}
