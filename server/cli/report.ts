import type { Issue, Place } from '#flows/definition/issue.ts';
import { printTranscript } from '#flows/engine/transcript.ts';
import type { Witness } from '#flows/prove/witness.ts';
import type { Paint } from './terminal.ts';

/** Findings of a flow, errors first, each with its place and the conversation that shows it. */
export function findingLines(
  findings: readonly (Issue & { witness?: Witness; accepted?: string })[],
  paint: Paint,
): string[] {
  const ordered = [...findings].sort((a, b) => rank(a) - rank(b));
  return ordered.flatMap(({ code, severity, message, place, witness, accepted }) => [
    `  ${severity === 'error' ? paint.bad('error  ') : paint.doubtful('warning')}  ${message}`,
    `           ${paint.quiet([code, placeOf(place)].filter(Boolean).join('  '))}`,
    ...(accepted === undefined ? [] : [`           Accepted: ${accepted}`]),
    ...(witness ? witnessLines(witness, paint) : []),
  ]);
}

const rank = ({ severity }: Issue): number => (severity === 'error' ? 0 : 1);

const placeOf = ({ node, port, path }: Place): string =>
  [[node, port].filter(Boolean).join('.'), path].filter(Boolean).join(' ');

function witnessLines({ lines, given, replayed }: Witness, paint: Paint): string[] {
  return [
    ...(replayed ? [] : ['Possible, not proved:']),
    ...(given.length > 0 ? [`This person ${given.join(' and ')}.`] : []),
    ...printTranscript(lines).split('\n'),
  ].map((line) => `             ${paint.quiet(line)}`);
}

/** "1 error and 2 warnings", or what else there is to count. */
export function counted(findings: readonly Issue[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [plural(errors, 'error'), plural(warnings, 'warning')].filter(
    (part) => !part.startsWith('0'),
  );
  return parts.join(' and ') || 'nothing to complain about';
}

export const plural = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** Columns of a table, the first to the left, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
