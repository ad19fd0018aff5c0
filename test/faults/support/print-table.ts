import type { Findings } from './judge.ts';

/** A fault that was tried, or could not be. */
export interface Tried {
  fault: string;
  /** Of what was left to chance. */
  seed: number;
  /** Those that came to an end and were checked. */
  rounds: number;
  acknowledged: number;
  refused: number;
  findings: Findings | null;
  isGood: boolean;
  note: string;
  seconds: number;
}

type Cell = (tried: Tried, findings: Findings) => string | number;

/** From "lost" to "unheeded" all must be zero; what stands in brackets is counted apart. */
const COLUMNS: readonly [string, Cell][] = [
  ['fault', ({ fault }) => fault],
  ['rounds', ({ rounds }) => rounds],
  ['acknowledged', ({ acknowledged }) => acknowledged],
  ['refused', ({ refused }) => refused],
  ['lost', (_, { lost }) => lost],
  ['doubled', (_, { doubled }) => doubled],
  ['disordered', (_, { order }) => order],
  ['after STOP', (_, { afterStop }) => afterStop],
  ['never sent', (_, { unsent }) => unsent],
  ['not told', (_, { untold }) => untold],
  ['unheeded', (_, { unheeded }) => unheeded],
  ['(claimed at STOP)', (_, { claimedAtStop }) => claimedAtStop],
  ['(sent again)', (_, { sentAgain }) => sentAgain],
  ['seconds', ({ seconds }) => seconds.toFixed(0)],
];

/** The table at the end, which is Markdown as well. */
export function printTable(tried: readonly Tried[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...tried.map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]): string =>
    `| ${line.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const [head = [], ...rows] = lines.map(print);
  const rule = `|${widths.map((width, n) => '-'.repeat(width + 1) + (n === 0 ? '-' : ':')).join('|')}|`;
  const notes = tried.filter(({ note }) => note !== '').map(({ fault, note }) => `${fault}: ${note}`);
  return ['', head, rule, ...rows, '', ...notes].flat().join('\n');
}

const cellsOf = (tried: Tried): string[] =>
  COLUMNS.map(([, cell], n) => {
    if (tried.findings) return String(cell(tried, tried.findings));
    return n === 0 ? tried.fault : '–';
  });
