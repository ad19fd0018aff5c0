import type { PoolClient } from 'pg';
import { type ColumnType, type ColumnValue, columnOf } from './binary-array.ts';

type Columns = Readonly<Record<string, ColumnType>>;

/** One set-based write: its columns, and the SQL that takes them from a relation of rows. */
export interface BatchStatement<Shape extends Columns> {
  name: string;
  columns: Shape;
  /** `rows` is a relation with the columns' names, to be selected from. */
  sql: (rows: string) => string;
  /** Rows that are sure to be touched need not be counted. */
  counted: boolean;
}

export type RowOf<Shape extends Columns> = { readonly [Name in keyof Shape]: ColumnValue };

/** Declares a set-based write; `counted` when its caller asks how many rows it touched. */
export function batchStatement<const Shape extends Columns>(
  name: string,
  columns: Shape,
  sql: (rows: string) => string,
  { counted = false }: { counted?: boolean } = {},
): BatchStatement<Shape> {
  return { name, columns, sql, counted };
}

interface Pending {
  statement: BatchStatement<Columns>;
  rows: RowOf<Columns>[];
}

/**
 * Collects the rows of a transaction and writes them with one statement: a CTE for each kind of row that occurs, fed by UNNEST.
 * The arrays are unnested side by side in a select list, which streams; as a function in FROM they would be stored first.
 * All parts see the database as it was before the statement, so a row may be touched by one part only.
 */
export class WriteSet {
  private readonly pending = new Map<string, Pending>();

  add<Shape extends Columns>(statement: BatchStatement<Shape>, row: RowOf<Shape>): void {
    const known = this.pending.get(statement.name);
    if (known) known.rows.push(row);
    else this.pending.set(statement.name, { statement, rows: [row] });
  }

  /** Writes everything in one round trip. Returns how many rows each counted part touched. */
  async flush(client: PoolClient): Promise<Record<string, number>> {
    const query = this.take();
    if (!query) return {};
    const result = await client.query<Record<string, number>>(query);
    return result.rows[0] ?? {};
  }

  /** The statement with its parameters. The rows are let go of: they need not live as long as it takes the database. */
  private take(): { name: string; text: string; values: Buffer[] } | null {
    const parts = [...this.pending.values()].sort((a, b) => (a.statement.name < b.statement.name ? -1 : 1));
    this.pending.clear();
    if (parts.length === 0) return null;
    const values: Buffer[] = [];
    for (const { statement, rows } of parts) {
      for (const [name, type] of Object.entries(statement.columns))
        values.push(columnOf(type, rows, (row) => row[name] ?? null));
    }
    const { name, text } = preparedOf(parts);
    return { name, text, values };
  }
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
