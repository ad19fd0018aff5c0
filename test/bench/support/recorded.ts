import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { BenchOptions, Report } from '../bench.ts';

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

const benchSchema = z.object({
  /** Figures are compared with those of a run of the same sizes only. */
  options: z.string(),
  calibration: z.number(),
  /** Microseconds by row and column. */
  costs: z.record(z.string(), z.number()),
  ratios: z.record(z.string(), z.object({ value: z.number(), better: z.enum(['more', 'less']) })),
});
type RecordedBench = z.infer<typeof benchSchema>;
/** What was recorded last, by bench. */
export type Recorded = Readonly<Record<string, RecordedBench>>;
const recordedSchema = z.record(z.string(), benchSchema);

/** What has become more than 10 % slower since it was recorded, in sentences. Microseconds are scaled to the recording machine's. */
export function compareWithRecorded(measured: Measured, recorded: Recorded = read()): string[] {
  return Object.entries(recordOf(measured)).flatMap(([bench, now]) => {
    const then = recorded[bench];
    return then && then.options === now.options ? compare(bench, then, now) : [];
  });
}

/** Keeps the figures of these benches; those of others stay as they are. Returns a sentence. */
export function record(measured: Measured): string {
  const kept = { ...read(), ...recordOf(measured) };
  writeFileSync(FILE, `${JSON.stringify(kept, null, 2)}\n`);
  return `Recorded: ${measured.reports.map(({ bench }) => bench).join(', ')}.`;
}

function compare(bench: string, then: RecordedBench, now: RecordedBench): string[] {
  const scale = then.calibration / now.calibration;
  const costs = Object.entries(now.costs).flatMap(([what, cost]) => {
    const was = then.costs[what];
    const is = cost * scale;
    if (was === undefined || is <= was * ALLOWED || is - was < LEAST) return [];
    return [`${bench}: ${what} was ${digits(was)} and is ${digits(is)} now (${percent(is / was)} more).`];
  });
  const ratios = Object.entries(now.ratios).flatMap(([what, { value, better }]) => {
    const was = then.ratios[what]?.value;
    if (was === undefined) return [];
    const worse = better === 'more' ? was / value : value / was;
    return worse <= ALLOWED
      ? []
      : [`${bench}: ${what}: the ratio was ${digits(was)} and is ${digits(value)} now.`];
  });
  return [...costs, ...ratios];
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
          costs: Object.fromEntries(
            rows.flatMap(({ name, figures }) =>
              columns.flatMap(({ key, title, cost }) => {
                const figure = figures[key];
                return cost && typeof figure === 'number'
                  ? [[`${name.trim()}, ${title}`, rounded(figure)]]
                  : [];
              }),
            ),
          ),
          ratios: Object.fromEntries(
            verdicts.flatMap(({ what, ratio }) =>
              ratio ? [[what, { ...ratio, value: rounded(ratio.value) }]] : [],
            ),
          ),
        },
      ]),
  );
}

const read = (): Recorded =>
  existsSync(FILE) ? recordedSchema.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};

const rounded = (value: number): number => Number(value.toPrecision(4));
const digits = (value: number): string => String(Number(value.toPrecision(3)));
const percent = (factor: number): string => `${Math.round((factor - 1) * 100)} %`;
