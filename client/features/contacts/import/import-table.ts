import type { ImportProblem, ImportRow } from '#shared/api/contact-imports.ts';
import { type CsvRow, csvLine, readCsv } from '#shared/csv.ts';
import { peopleColumns } from '../../../lib/people-columns.ts';

/** What becomes of a column. */
export type ColumnUse = 'phone' | 'language' | 'tags' | 'field' | 'skip';

export interface ImportColumn {
  title: string;
  /** The field it can be kept in; null where its title makes no name. */
  field: string | null;
  use: ColumnUse;
  /** What stands in the first row that has something there. */
  example: string;
}

/** A file of people, row by row, and what its columns are taken for. */
export interface ImportTable {
  name: string;
  columns: ImportColumn[];
  rows: CsvRow[];
}

/** Reads CSV and guesses what its columns are. */
export function readImportTable(name: string, text: string): ImportTable {
  const all = readCsv(text);
  const { titles, phoneAt, fields } = peopleColumns(all[0]?.cells ?? []);
  const rows = all.slice(titles ? 1 : 0);
  const columns = (titles ?? fields).map((title, at): ImportColumn => {
    const field = fields[at] ?? null;
    return {
      title: title?.trim() || `Column ${at + 1}`,
      field,
      use: at === phoneAt ? 'phone' : guess(title ?? '', field),
      example: rows.find(({ cells }) => (cells[at] ?? '').trim() !== '')?.cells[at]?.trim() ?? '',
    };
  });
  return { name, columns, rows };
}

function guess(title: string, field: string | null): ColumnUse {
  if (/^(language|lang|locale)$/i.test(title.trim())) return 'language';
  if (/^(tags?|labels?)$/i.test(title.trim())) return 'tags';
  return field === null ? 'skip' : 'field';
}

/** A row as the server takes it; what is longer than anything it could be is cut, and refused there. */
export function toRow({ columns }: ImportTable, { cells }: CsvRow): ImportRow {
  const row: ImportRow = { phone: '' };
  const fields: Record<string, string> = {};
  columns.forEach(({ use, field }, at) => {
    const cell = (cells[at] ?? '').trim();
    if (cell === '' || use === 'skip') return;
    if (use === 'field') {
      if (field !== null) fields[field] = cell.slice(0, 10_000);
    } else row[use] = cell.slice(0, use === 'tags' ? 2_000 : 200);
  });
  return Object.keys(fields).length === 0 ? row : { ...row, fields };
}

/** The rows that were left out, as they came, with what is wrong with each behind them. */
export function refusedCsv({ columns, rows }: ImportTable, problems: readonly ImportProblem[]): string {
  const head = csvLine([...columns.map(({ title }) => title), 'problem']);
  const lines = problems.map(({ row, problem }) =>
    csvLine([...columns.map((_, at) => rows[row]?.cells[at]), problem]),
  );
  return `\uFEFF${head}${lines.join('')}`;
}
