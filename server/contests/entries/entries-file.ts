import type { StreamableFile } from '@nestjs/common';
import { type Cell, csvFile } from '../../common/csv.ts';
import type { DrawnEntryRow } from './entries.repository.ts';

/** The entries of a contest as a file for spreadsheets; `entry` is what the lists of draws call them. */
export const entriesFile = (
  contest: string,
  entries: AsyncGenerator<DrawnEntryRow>,
): Promise<StreamableFile> =>
  csvFile(
    `${contest}-entries`,
    ['entry', 'phone', 'name', 'at', 'conversation', 'written down by', 'left out', 'drawn'],
    rows(entries),
  );

async function* rows(entries: AsyncGenerator<DrawnEntryRow>): AsyncGenerator<Cell[]> {
  for await (const { contactId, phone, name, at, runId, enteredBy, leftOut, drawn } of entries)
    yield [contactId, phone, name, at.toISOString(), runId, enteredBy, leftOut, drawn];
}
