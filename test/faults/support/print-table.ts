import type { Fault } from '../fault.ts';
import type { Findings } from './judge.ts';

/** A fault that was tried, or could not be. */
export interface Tried {
  fault: Fault;
  rounds: number;
  acknowledged: number;
  refused: number;
  findings: Findings | null;
  isGood: boolean;
  note: string;
  seconds: number;
}

const HEAD = [
  'fault',
  'rounds',
  'acknowledged',
  'refused',
  'lost',
  'doubled',
  'order broken',
  'after STOP',
  'never sent',
  '| claimed at STOP',
  'sent again',
  's',
];

/** The table at the end: left of the bar all must be zero from "lost" on, right of it is counted apart. */
export function printTable(tried: readonly Tried[]): string {
  const lines = [
    HEAD,
    ...tried.map(({ fault, rounds, acknowledged, refused, findings, note, seconds }) =>
      findings
        ? [
            fault.name,
            ...[rounds, acknowledged, refused, findings.lost, findings.doubled, findings.order].map(String),
            ...[findings.afterStop, findings.unsent, findings.claimedAtStop, findings.sentAgain].map(String),
            seconds.toFixed(0),
          ]
        : [`${fault.name}  ${note}`],
    ),
  ];
  const width = (column: number): number =>
    Math.max(...lines.map((line) => (line.length > 1 ? (line[column]?.length ?? 0) : 0)));
  return `\n${lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column))))
        .join('  '),
    )
    .join('\n')}\n`;
}
