import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { type Cell, csvLine } from '#shared/csv.ts';

export { type Cell, csvLine };

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
