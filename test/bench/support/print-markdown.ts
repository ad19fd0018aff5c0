import type { Report } from '../bench.ts';

/** What was asked and what was measured, as a table of Markdown. */
export function printMarkdown(reports: readonly Report[]): string {
  const lines = reports
    .flatMap(({ verdicts = [] }) => verdicts)
    .map(({ what, asked, measured, ratio, met }) =>
      row(
        what,
        asked,
        measured,
        ratio ? printRatio(ratio.value) : '–',
        met === null ? '–' : met ? 'yes' : 'no',
      ),
    );
  return ['| | asked | measured here | ratio | met |', '|---|---|---|---|---|', ...lines].join('\n');
}

const row = (...cells: readonly string[]): string => `| ${cells.map((cell) => cell.trim()).join(' | ')} |`;

/** A ratio as people say it: 0.97, 1.6, 12. */
export const printRatio = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
