import { describe, expect, test } from '@jest/globals';
import type { ContactsImported, ImportContactsInput } from '#shared/api/contact-imports.ts';
import { readImportTable, refusedCsv, toRow } from '../../client/features/contacts/import/import-table.ts';
import { runImport } from '../../client/features/contacts/import/run-import.ts';
import { checkRows, readSheetText } from '../../client/lib/sheet-text.ts';
import { ApiError } from '../../client/lib/api/api-error.ts';

const NOTHING: ContactsImported = { added: 0, known: 0, repeated: 0, problems: [], consent: null };

describe('a file of contacts', () => {
  test('has its columns guessed, and its rows read as they are mapped', () => {
    const table = readImportTable('a.csv', 'Name;Mobile;Language;Tags;1st\nAda;07700 900001;fr;"a; b";x\n');
    expect(table.columns.map(({ use }) => use)).toEqual(['field', 'phone', 'language', 'tags', 'skip']);
    const row = { phone: '07700 900001', language: 'fr', tags: 'a; b', fields: { name: 'Ada' } };
    expect(table.rows.map((one) => toRow(table, one))).toEqual([row]);
  });

  test('gives the rows that were left out back, on their own lines, with what is wrong', () => {
    const table = readImportTable('a.csv', 'phone,note\n+447700900001,"two\nlines"\n\nAda,=1+1\n');
    expect(table.rows.map(({ line }) => line)).toEqual([2, 5]);
    const problems = [{ row: 1, column: 'phone', problem: 'This is no phone number, really.' }];
    expect(refusedCsv(table, problems)).toBe(
      '\uFEFFphone,note,problem\r\nAda,\'=1+1,"This is no phone number, really."\r\n',
    );
  });

  test('goes over in parts, sends a part again where the server was busy, and sums up with the rows of the file', async () => {
    const table = readImportTable(
      'a.csv',
      Array.from({ length: 2_500 }, (_, at) => `+4477${at + 10_000_000}`).join('\n'),
    );
    const sent: number[] = [];
    const send = async ({ rows }: ImportContactsInput): Promise<ContactsImported> => {
      sent.push(rows.length);
      if (sent.length === 2) throw new ApiError(503, 'inbound.overloaded', 'Busy.');
      const consent = { confirmed: rows.length - 1, already: 0, stopped: 1, revoked: 0, unproven: 0 };
      return {
        ...NOTHING,
        added: rows.length,
        problems: [{ row: 7, column: 'phone', problem: 'No.' }],
        consent,
      };
    };
    const handled: number[] = [];
    const told = await runImport(
      table,
      {},
      send,
      (rows) => handled.push(rows),
      async () => undefined,
    );
    expect(sent).toEqual([1_000, 1_000, 1_000, 500]);
    expect(handled).toEqual([1_000, 2_000, 2_500]);
    expect(told).toMatchObject({ added: 2_500, consent: { confirmed: 2_497, stopped: 3 } });
    expect(told.problems.map(({ row }) => row)).toEqual([7, 1_007, 2_007]);
  });

  test('stops where the server refuses', async () => {
    const refused = new ApiError(422, 'import.date', 'That day is still to come.', 'consent.on');
    const send = () => Promise.reject(refused);
    await expect(runImport(readImportTable('a', '+447700900001'), {}, send, () => undefined)).rejects.toBe(
      refused,
    );
  });
});

describe('a file as it was saved', () => {
  const saved = (name: string, ...bytes: number[]) => readSheetText(name, Uint8Array.from(bytes));
  const utf8 = (text: string) => readSheetText('a.csv', new TextEncoder().encode(text));

  test('keeps its accents in UTF-8, in UTF-16, and in the code page in which Excel writes CSV', () => {
    expect(utf8('Zoë 👋')).toEqual({ text: 'Zoë 👋' });
    expect(saved('a.csv', 0x5a, 0x6f, 0xeb)).toEqual({ text: 'Zoë' });
    expect(saved('a.csv', 0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0)).toEqual({ text: 'Zoë' });
    expect(saved('a.csv', 0xfe, 0xff, 0, 0x5a, 0, 0x6f, 0, 0xeb)).toEqual({ text: 'Zoë' });
  });

  test('is refused in a sentence where it holds no rows', () => {
    expect(saved('a.xlsx', 0x50, 0x4b, 3, 4)).toEqual({
      problem: expect.stringContaining('a.xlsx is a workbook'),
    });
    expect(saved('a.csv', 0x80, 0, 7, 0x41)).toEqual({
      problem: expect.stringContaining('a.csv is no text'),
    });
    expect(utf8(' \r\n')).toEqual({ problem: 'a.csv is empty.' });
  });

  test('does not lose the rows behind a quotation mark that never closes', () => {
    const problem = expect.stringContaining('In line 3 of a.csv');
    const rows = 'phone,name\n1,a\n2,"Bob\n3,Ada\n';
    expect(utf8(rows)).toEqual({ problem });
    expect(checkRows('what you pasted', rows)).toEqual({
      problem: expect.stringContaining('In line 3 of what you pasted'),
    });
    expect(utf8('phone,name\n1,"a\nb ""c"""\n')).toHaveProperty('text');
  });
});
