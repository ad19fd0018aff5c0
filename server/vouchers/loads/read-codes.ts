import { LONGEST_CODE } from '#shared/api/vouchers.ts';
import { readCsv } from '#shared/csv.ts';
import { Turn } from '../../common/turn.ts';

/** A line of what was handed in: the code in it, or null where it holds none that can be given away. */
export interface CodeLine {
  line: number;
  code: string | null;
  /** What stands there, for people. */
  words: string;
}

const CODE = new RegExp(`^[^\\s\\p{C},;"]{1,${LONGEST_CODE}}$`, 'u');
/** Some lines, and up to which character of the text they are. */
export interface SomeLines {
  lines: CodeLine[];
  upto: number;
}

/** What the column with codes is called. */
const HEADS = ['code', 'codes', 'voucher', 'coupon'];
/** So many lines are read at a time. */
const CHUNK = 10_000;

/**
 * Reads codes, some at a time and in turns, for texts do not wait for files: one a line, or CSV with a column "code", else in the first
 * one. Empty lines are nothing.
 */
export async function* readCodes(text: string): AsyncGenerator<SomeLines> {
  const turn = new Turn();
  let lines: CodeLine[] = [];
  let column = 0;
  let line = 0;
  for (let at = 0; at <= text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const words = text.slice(at, end).replace(/^\uFEFF/, '');
    at = end + 1;
    line++;
    if (words.trim() === '') continue;
    const cells = cellsOf(words);
    if (line === 1) {
      const head = cells.findIndex((cell) => HEADS.includes(cell.trim().toLowerCase()));
      column = Math.max(head, 0);
      if (head >= 0) continue;
    }
    const code = (cells[column] ?? '').trim();
    lines.push({ line, code: CODE.test(code) ? code : null, words: code.slice(0, LONGEST_CODE) });
    if (lines.length >= CHUNK) {
      yield { lines, upto: at };
      lines = [];
    }
    if (turn.isOver) await turn.next();
  }
  if (lines.length > 0) yield { lines, upto: text.length };
}

/** Nearly every line is a code and nothing else. */
const cellsOf = (line: string): string[] => (/[",;\t]/.test(line) ? (readCsv(line)[0]?.cells ?? []) : [line]);
