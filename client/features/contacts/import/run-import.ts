import type { ContactsImported, ImportContactsInput } from '#shared/api/contact-imports.ts';
import { ApiError } from '../../../lib/api/api-error.ts';
import { type ImportTable, toRow } from './import-table.ts';

/** Rows that go to the server at once. */
const PART = 1_000;
const TRIES = 8;

/** How to import, besides the rows. */
export type ImportPlan = Omit<ImportContactsInput, 'rows' | 'file'>;

/** Hands a file over part by part. Parts may go twice: where the server is busy or was not heard, the same part is sent again. */
export async function runImport(
  table: ImportTable,
  plan: ImportPlan,
  send: (input: ImportContactsInput) => Promise<ContactsImported>,
  onProgress: (rows: number) => void,
  pause: () => Promise<void> = () => new Promise((done) => setTimeout(done, 1_000)),
): Promise<ContactsImported> {
  let sum: ContactsImported = { added: 0, known: 0, repeated: 0, problems: [], consent: null };
  for (let at = 0; at < table.rows.length; at += PART) {
    const rows = table.rows.slice(at, at + PART).map((row) => toRow(table, row));
    const part = await again(() => send({ ...plan, file: table.name, rows }), pause);
    sum = plus(sum, part, at);
    onProgress(at + rows.length);
  }
  return sum;
}

async function again<Answer>(ask: () => Promise<Answer>, pause: () => Promise<void>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const passes = error instanceof ApiError && (error.status === 503 || error.status === 0);
      if (!passes || attempt === TRIES) throw error;
      await pause();
    }
  }
}

function plus(sum: ContactsImported, part: ContactsImported, offset: number): ContactsImported {
  const { consent } = part;
  return {
    added: sum.added + part.added,
    known: sum.known + part.known,
    repeated: sum.repeated + part.repeated,
    problems: [...sum.problems, ...part.problems.map((one) => ({ ...one, row: one.row + offset }))],
    consent: consent && {
      confirmed: consent.confirmed + (sum.consent?.confirmed ?? 0),
      already: consent.already + (sum.consent?.already ?? 0),
      stopped: consent.stopped + (sum.consent?.stopped ?? 0),
      revoked: consent.revoked + (sum.consent?.revoked ?? 0),
      unproven: consent.unproven + (sum.consent?.unproven ?? 0),
    },
  };
}
