import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ROOT } from '../../../scripts/support/run.mjs';
import { COUNTED, type Findings } from './judge.ts';
import type { Tried } from './print-table.ts';

const count = z.number().int().nonnegative();
const trialSchema = z.strictObject({
  fault: z.string(),
  seed: count,
  rounds: count,
  acknowledged: count,
  refused: count,
  findings: z
    .strictObject({
      ...{ lost: count, doubled: count, order: count, afterStop: count, unsent: count, untold: count },
      ...{ unheeded: count, claimedAtStop: count, sentAgain: count, wrong: z.array(z.string()) },
    })
    .nullable(),
  isGood: z.boolean(),
  note: z.string(),
  seconds: z.number(),
  build: z.string(),
});

/** Adds a trial to a file of them, one a line, with the build that it was of. */
export function keepTrial(file: string, tried: Tried): void {
  appendFileSync(file, `${JSON.stringify({ ...tried, build: build() })}\n`);
}

/** What all kept trials come to, one line a fault. A trial that failed counts as it is; the same seed twice is a mistake. */
export function sumTrials(file: string): Tried[] {
  const sums = new Map<string, Tried>();
  const seen = new Set<string>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const trial = trialSchema.parse(JSON.parse(line));
    const key = `${trial.fault} ${trial.seed}`;
    if (seen.has(key)) throw new Error(`${file} has ${trial.fault} with the seed ${trial.seed} twice.`);
    seen.add(key);
    const { build: of, ...tried } = trial;
    const noted = { ...tried, note: tried.note && `${tried.note} (seed ${tried.seed}, ${of})` };
    const sum = sums.get(tried.fault);
    sums.set(tried.fault, sum ? added(sum, noted) : noted);
  }
  return [...sums.values()];
}

function added(sum: Tried, { findings, ...tried }: Tried): Tried {
  return {
    ...sum,
    rounds: sum.rounds + tried.rounds,
    acknowledged: sum.acknowledged + tried.acknowledged,
    refused: sum.refused + tried.refused,
    findings: sum.findings && findings ? addedFindings(sum.findings, findings) : (findings ?? sum.findings),
    isGood: sum.isGood && tried.isGood,
    note: [sum.note, tried.note].filter(Boolean).join('; '),
    seconds: sum.seconds + tried.seconds,
  };
}

function addedFindings(sum: Findings, more: Findings): Findings {
  const found: Findings = { ...sum, wrong: [...sum.wrong, ...more.wrong] };
  for (const kind of COUNTED) found[kind] += more[kind];
  return found;
}

/** The commit that was built, so that sums over several builds can be told from those over one. */
function build(): string {
  const { stdout } = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT, encoding: 'utf8' });
  return stdout?.trim() || 'unknown';
}
