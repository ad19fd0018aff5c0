import type { Column, Report, Verdict } from '../bench.ts';
import { printRatio } from './print-markdown.ts';

/** A report as people read it: a table with the units in its head, the notes below. */
export function printReport({ title, columns, rows, verdicts = [], notes, wrong }: Report): string {
  const lines = [
    ['', ...columns.map((column) => column.title)],
    ...rows.map(({ name, figures }) => [
      name,
      ...columns.map((column) => printFigure(figures[column.key], column)),
    ]),
  ];
  const widths =
    lines[0]?.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0))) ?? [];
  const table = lines.map((line) =>
    line
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  '),
  );
  return [
    `\n${title}`,
    ...table,
    ...verdicts.map(printVerdict),
    ...notes.map((note) => `· ${note}`),
    ...wrong.map((sentence) => `✗ ${sentence}`),
  ].join('\n');
}

function printVerdict({ what, asked, measured, ratio, met }: Verdict): string {
  const mark = met === null ? '?' : met ? '✓' : '–';
  return `${mark} ${what}: ${measured}${ratio ? `, ratio ${printRatio(ratio.value)}` : ''}; asked: ${asked}`;
}

function printFigure(figure: number | null | undefined, { digits }: Column): string {
  if (figure === null || figure === undefined) return '–';
  return figure.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
