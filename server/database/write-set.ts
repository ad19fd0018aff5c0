import type { ClientBase } from 'pg';
import { type ArrayStatement, runWithArrays } from './array-query.ts';
import { ArrayColumn, type ColumnType, type ColumnValue } from './binary-array.ts';

type Columns = Readonly<Record<string, ColumnType>>;

/** One set-based write: its columns, and the SQL that takes them from a relation of rows. */
export interface BatchStatement<Shape extends Columns> {
  name: string;
  columns: Shape;
  /** The columns' names, in their order. */
  names: readonly string[];
  /** `rows` is a relation with the columns' names, to be selected from. */
  sql: (rows: string) => string;
  /** Fails, and all of its transaction with it, where it touches other than one row for each of its own. */
  whole: boolean;
  /** Columns of batches that were written, for the next ones: as large as they had to be. */
  spare: ArrayColumn[][];
}

export type RowOf<Shape extends Columns> = { readonly [Name in keyof Shape]: ColumnValue };

/** Declares a set-based write; `whole` where a row that is not touched means that something is wrong. */
export function batchStatement<const Shape extends Columns>(
  name: string,
  columns: Shape,
  sql: (rows: string) => string,
  { whole = false }: { whole?: boolean } = {},
): BatchStatement<Shape> {
  return { name, columns, names: Object.keys(columns), sql, whole, spare: [] };
}

interface Pending {
  statement: BatchStatement<Columns>;
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
    const { names } = statement;
    const { columns } = pending;
    for (let i = 0; i < names.length; i++) columns[i]?.push(row[names[i] ?? ''] ?? null);
  }

  /** Writes everything with one statement, in one round trip. The set is empty as soon as it is called. */
  async flush(client: ClientBase): Promise<void> {
    const parts = [...this.pending.values()].sort((a, b) => (a.statement.name < b.statement.name ? -1 : 1));
    if (parts.length === 0) return;
    this.pending.clear();
    const written = runWithArrays(
      client,
      preparedOf(parts),
      parts.flatMap(({ columns }) => columns),
    );
    for (const { statement, columns } of parts) statement.spare.push(columns);
    await written;
  }
}

function begun(statement: BatchStatement<Columns>): Pending {
  const columns =
    statement.spare.pop() ?? Object.values(statement.columns).map((type) => new ArrayColumn(type));
  return { statement, columns };
}

/** The statements of combinations seen so far; there are few, and each is prepared once a connection. */
const prepared = new Map<string, ArrayStatement>();

function preparedOf(parts: readonly Pending[]): ArrayStatement {
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
  const checks: string[] = [];
  const ctes = parts.map(({ statement: { name, columns, sql, whole } }) => {
    if (whole) checks.push(wholeCheck(name, `$${parameter + 1}::${Object.values(columns)[0]}[]`));
    const arrays = Object.entries(columns).map(
      ([column, type]) => `unnest($${++parameter}::${type}[]) as ${column}`,
    );
    return `${name} as (${sql(`(select ${arrays.join(', ')}) as n`)}${whole ? ' returning 1' : ''})`;
  });
  // No row comes back: each check is 0, or fails.
  return `with ${ctes.join(',\n')}\nselect where ${checks.join(' + ') || '0'} > 0`;
}

/** What is no number cannot be cast to one: the only way to fail from within a statement, and the words are told in the error. */
const wholeCheck = (name: string, rows: string): string =>
  `(select case when count(*) = cardinality(${rows}) then 0
    else (count(*) || ' of ' || cardinality(${rows}) || ' rows were there as they were read: ${name}')::int end from ${name})`;
