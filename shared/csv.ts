/** A cell of a table. */
export type Cell = string | number | boolean | null | undefined;

/** A row of a file, and the line it begins on, counted from 1. */
export interface CsvRow {
  line: number;
  cells: string[];
}

/** Reads CSV as spreadsheets write it: with commas, semicolons or tabs; quoted cells may hold line breaks [RFC 4180]. Empty rows are left out. */
export function readCsv(text: string): CsvRow[] {
  return read(text).rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** The line whose quoted cell never ends, which takes all lines after it into itself; null where every quote is closed. */
export const unclosedQuote = (text: string): number | null => read(text).unclosed;

/** One line [RFC 4180]. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** What a spreadsheet would take for a formula is written so that it does not; phone numbers and plain numbers stay as they are. */
function csvCell(cell: Cell): string {
  const raw = cell === null || cell === undefined ? '' : String(cell);
  const text = /^[=+\-@\t\r]/.test(raw) && !/^[+-]?\d+(\.\d+)?$/.test(raw) ? `'${raw}` : raw;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  const count = (mark: string) => line.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ',';
}

function read(text: string): { rows: CsvRow[]; unclosed: number | null } {
  const clean = text.replace(/^\uFEFF/, '');
  return readRows(clean, delimiterOf(clean));
}

function readRows(text: string, delimiter: string): { rows: CsvRow[]; unclosed: number | null } {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let begins = 1;
  let opened = 1;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (letter === '\n') line++;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === '') {
      quoted = true;
      opened = line;
    } else if (letter === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (letter === '\n') {
      rows.push({ line: begins, cells: [...cells, cell] });
      begins = line;
      cells = [];
      cell = '';
    } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || cells.length > 0) rows.push({ line: begins, cells: [...cells, cell] });
  return { rows, unclosed: quoted ? opened : null };
}
