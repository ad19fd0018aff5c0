import type { StreamableFile } from '@nestjs/common';
import { type Cell, csvFile } from '../../common/csv.ts';
import type { CodeRow } from './codes.repository.ts';

/** The codes of a pool as a file for spreadsheets, with who has them. */
export const codesFile = (pool: string, codes: AsyncGenerator<CodeRow>): Promise<StreamableFile> =>
  csvFile(
    `${pool}-codes`,
    ['code', 'state', 'phone', 'name', 'conversation', 'reserved', 'sent', 'redeemed'],
    rows(codes),
  );

async function* rows(codes: AsyncGenerator<CodeRow>): AsyncGenerator<Cell[]> {
  for await (const { code, state, phone, name, runId, reservedAt, sentAt, redeemedAt } of codes)
    yield [code, state, phone, name, runId, moment(reservedAt), moment(sentAt), moment(redeemedAt)];
}

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;
