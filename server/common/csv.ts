import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/** A cell of a table. */
export type Cell = string | number | boolean | null | undefined;

/**
 * A table as a file for spreadsheets, written while its rows are read, however many there are. The first row is read before
 * anything is answered, so that what refuses the rows refuses the request.
 */
export async function csvFile(
  name: string,
  head: readonly string[],
  rows: AsyncGenerator<readonly Cell[]>,
): Promise<StreamableFile> {
  const first = await rows.next();
  return new StreamableFile(Readable.from(lines(head, first, rows)), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}

async function* lines(
  head: readonly string[],
  first: IteratorResult<readonly Cell[], unknown>,
  rows: AsyncGenerator<readonly Cell[]>,
): AsyncGenerator<string> {
  // The mark makes spreadsheets read UTF-8.
  yield `\uFEFF${csvLine(head)}`;
  if (first.done) return;
  yield csvLine(first.value);
  for await (const row of rows) yield csvLine(row);
}

/** One line [RFC 4180]. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula is written so that it does not; phone numbers and plain numbers stay as they are. */
function csvCell(cell: Cell): string {
  const raw = cell === null || cell === undefined ? '' : String(cell);
  const text = /^[=+\-@\t\r]/.test(raw) && !/^[+-]?\d+(\.\d+)?$/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
