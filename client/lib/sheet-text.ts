import { unclosedQuote } from '#shared/csv.ts';

/** The text of a file of rows, or why it cannot be read. */
export type SheetText = { text: string } | { problem: string };

/**
 * Reads a file of rows as spreadsheets save it: in UTF-8, in UTF-16 with its mark, or in the old code page of Windows, in which
 * Excel still writes what it calls CSV. Taken for UTF-8 that would lose every accent without a word.
 */
export function readSheetText(name: string, bytes: Uint8Array): SheetText {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return {
      problem: `${name} is a workbook or an archive. Save it as CSV in your spreadsheet, and choose that file.`,
    };
  const text = decode(bytes);
  if (text === null || CONTROL.test(text))
    return { problem: `${name} is no text. Save it as CSV in your spreadsheet, and choose that file.` };
  if (text.trim() === '') return { problem: `${name} is empty.` };
  return checkRows(name, text);
}

/** Reads a file that somebody chose. */
export const readSheetFile = async (file: File): Promise<SheetText> =>
  readSheetText(file.name, new Uint8Array(await file.arrayBuffer()));

/** Rows as they were written, unless most of them would be lost behind a quotation mark. `name`: where they stand, for people. */
export function checkRows(name: string, text: string): SheetText {
  const line = unclosedQuote(text);
  if (line === null) return { text };
  return {
    problem: `In line ${line} of ${name} a quotation mark opens and never closes. Close it, or take it away.`,
  };
}

/** What no line of a table has: all but tab and the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/;

function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes);
  return decodeAs('utf-8', bytes) ?? decodeAs('windows-1252', bytes);
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
