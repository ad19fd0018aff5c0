import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { BenchOptions, Column, Report } from '../bench.ts';

const FILE = new URL('../recorded.json', import.meta.url);
/** More than this is a step back; less is how two runs differ. */
const ALLOWED = 1.1;
/** Differences below this are the clock's, in a column's own unit. */
const LEAST = 0.2;

/** What a run found, and what its microseconds are worth. */
export interface Measured {
  /** Microseconds of the calibrating loop in this run. */
  calibration: number;
  options: BenchOptions;
  reports: readonly (Report & { bench: string })[];
}

/** Something that has become worse. */
export interface Slower {
  sentence: string;
  /** Instructions: they say so on a busy machine as well. */
  isSure: boolean;
}

const figuresSchema = z.record(z.string(), z.number());
const benchSchema = z.object({
  /** Figures are compared with those of a run of the same sizes only. */
  options: z.string(),
  /** Instructions are compared with those of the same kind of processor only. */
  architecture: z.string(),
  calibration: z.number(),
  /** Microseconds by row and column. */
  costs: figuresSchema,
  /** The same costs in thousands of instructions, where they could be counted. */
  counts: figuresSchema,
  ratios: z.record(z.string(), z.object({ value: z.number(), better: z.enum(['more', 'less']) })),
});
type RecordedBench = z.infer<typeof benchSchema>;
/** What was recorded last, by bench. */
export type Recorded = Readonly<Record<string, RecordedBench>>;
const recordedSchema = z.record(z.string(), benchSchema);

/**
 * What has become more than 10 % slower since it was recorded: by instructions, or where one of the two runs could not count them by
 * microseconds, scaled to the recording machine's.
 */
export function compareWithRecorded(measured: Measured, recorded: Recorded = readRecorded()): Slower[] {
  const swaying = measured.reports.filter(({ columns }) => columns.some(({ sways }) => sways));
  return Object.entries(recordOf(measured)).flatMap(([name, now]) => {
    const then = recorded[name];
    if (then?.options !== now.options) return [];
    const isSteady = !swaying.some(({ bench }) => bench === name);
    return compare(name, then, now).map((slower) => ({ ...slower, isSure: slower.isSure && isSteady }));
  });
}

/** Keeps the figures of the benches that found nothing wrong; those of others stay as they are. Returns a sentence. */
export function record(measured: Measured, file: URL | string = FILE): string {
  const now = recordOf(measured);
  writeFileSync(file, `${JSON.stringify({ ...readRecorded(file), ...now }, null, 2)}\n`);
  return `Recorded: ${Object.keys(now).join(', ') || 'nothing'}.`;
}

function compare(bench: string, then: RecordedBench, now: RecordedBench): Slower[] {
  const scale = then.calibration / now.calibration;
  const counted = then.architecture === now.architecture ? then.counts : {};
  const costs = Object.entries(now.costs).flatMap(([what, cost]) => {
    const [count, counts] = [now.counts[what], counted[what]];
    if (count !== undefined && counts !== undefined)
      return worse(`${bench}: ${what} in thousands of instructions`, counts, count, true);
    return worse(`${bench}: ${what}`, then.costs[what], cost * scale, false);
  });
  const ratios = Object.entries(now.ratios).flatMap(([what, { value, better }]) => {
    const was = then.ratios[what]?.value;
    if (was === undefined) return [];
    if ((better === 'more' ? was / value : value / was) <= ALLOWED) return [];
    const sentence = `${bench}: ${what}: the ratio was ${digits(was)} and is ${digits(value)} now.`;
    return [{ sentence, isSure: false }];
  });
  return [...costs, ...ratios];
}

function worse(what: string, was: number | undefined, is: number, isSure: boolean): Slower[] {
  if (was === undefined || is <= was * ALLOWED || is - was < LEAST) return [];
  const sentence = `${what} was ${digits(was)} and is ${digits(is)} now (${percent(is / was)} more).`;
  return [{ sentence, isSure }];
}

function recordOf({ calibration, options, reports }: Measured): Recorded {
  const { seconds, connections, contacts, rate, full } = options;
  const sizes = JSON.stringify({ seconds, connections, contacts, rate, full });
  return Object.fromEntries(
    reports
      .filter(({ wrong }) => wrong.length === 0)
      .map(({ bench, columns, rows, verdicts = [] }) => [
        bench,
        {
          options: sizes,
          calibration,
          architecture: process.arch,
          costs: figuresOf(rows, columns, ({ key }) => key),
          counts: figuresOf(rows, columns, ({ countedBy }) => countedBy),
          ratios: Object.fromEntries(
            verdicts.flatMap(({ what, ratio }) =>
              ratio ? [[what, { ...ratio, value: rounded(ratio.value) }]] : [],
            ),
          ),
        },
      ]),
  );
}

/** The figures of the columns that are costs, or of those beside them, under the costs' names. */
function figuresOf(
  rows: Report['rows'],
  columns: readonly Column[],
  keyOf: (column: Column) => string | undefined,
): Record<string, number> {
  return Object.fromEntries(
    rows.flatMap(({ name, figures }) =>
      columns.flatMap((column) => {
        const figure = column.cost ? figures[keyOf(column) ?? ''] : null;
        return typeof figure === 'number' ? [[`${name.trim()}, ${column.title}`, rounded(figure)]] : [];
      }),
    ),
  );
}

/** What was recorded last; nothing where nothing was. */
export const readRecorded = (file: URL | string = FILE): Recorded =>
  existsSync(file) ? recordedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};

const rounded = (value: number): number => Number(value.toPrecision(4));
const digits = (value: number): string => String(Number(value.toPrecision(3)));
const percent = (factor: number): string => `${Math.round((factor - 1) * 100)} %`;
