import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { csvLine } from '../../common/csv.ts';
import type { WrongLine } from './lines.repository.ts';

/**
 * Lines that cannot be taken, and why, as a file for spreadsheets. `read` brings those behind a line, some at a time; they are in the
 * file before it is handed over, so that a slow reader does not hold the database.
 */
export async function wrongLinesFile(
  pool: string,
  read: (after: number) => Promise<WrongLine[]>,
): Promise<StreamableFile> {
  // The mark makes spreadsheets read UTF-8.
  const parts = [Buffer.from(`\uFEFF${csvLine(['line', 'code', 'reason'])}`)];
  for (let after = 0; ; ) {
    const some = await read(after);
    const last = some.at(-1);
    if (!last) break;
    parts.push(
      Buffer.from(some.map(({ line, words, wrong }) => csvLine([line, words, WHY[wrong]])).join('')),
    );
    after = last.line;
  }
  return new StreamableFile(Readable.from(parts), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${pool}-wrong-lines.csv"`,
  });
}

const WHY: Readonly<Record<WrongLine['wrong'], string>> = {
  unreadable: 'no code',
  twice: 'in an earlier line already',
  known: 'in the pool already',
};
