import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { Fault } from './fault.ts';
import { clockJumps } from './real/clock-jumps.ts';
import { connectionsGone } from './real/connections-gone.ts';
import { databaseFrozen } from './real/database-frozen.ts';
import { databaseKilled } from './real/database-killed.ts';
import { databaseRestarted } from './real/database-restarted.ts';
import { diskFull } from './real/disk-full.ts';
import { gatewayFails } from './real/gateway-fails.ts';
import { loggedDatabaseKilled } from './real/logged-database-killed.ts';
import { natsCluster } from './real/nats-cluster.ts';
import { natsFrozen } from './real/nats-frozen.ts';
import { natsKilled } from './real/nats-killed.ts';
import { nodeKilled } from './real/node-killed.ts';
import { nodePaused } from './real/node-paused.ts';
import { nodeUpdated } from './real/node-updated.ts';
import { sameTextEverywhere } from './real/same-text-everywhere.ts';
import { attempt, type Length } from './support/attempt.ts';
import { onceAsked } from '../support/once-asked.ts';
import { keepTrial, sumTrials } from './support/kept-trials.ts';
import { printTable, type Tried } from './support/print-table.ts';

const FAULTS: readonly Fault[] = [
  nodeKilled,
  nodeUpdated,
  databaseKilled,
  databaseRestarted,
  databaseFrozen,
  connectionsGone,
  ...gatewayFails,
  sameTextEverywhere,
  nodePaused,
  clockJumps,
  diskFull,
  natsKilled,
  natsCluster,
  natsFrozen,
  loggedDatabaseKilled,
];

/** Rounds of each fault, 50 are the full trial, and after how many minutes of them no other one begins. */
const LENGTH: Length = {
  rounds: Math.max(1, Number(process.env.FAULT_ROUNDS) || 2),
  milliseconds: (Number(process.env.FAULT_MINUTES) || Number.POSITIVE_INFINITY) * 60_000,
};

/** What was left to chance is chosen again with the same seed; when each thing happens is not. */
const seedOf = (): number => Number(process.env.FAULT_SEED) || Math.floor(Math.random() * 1_000_000);

const OPTIONS = {
  json: { type: 'boolean', default: false },
  keep: { type: 'string' },
  sum: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const USAGE = `npm run test:faults [-- names] [--json] [--keep FILE] [--sum FILE]

  --keep FILE   adds each trial to a file
  --sum FILE    tries nothing, and says what the trials of a file come to together
  --json        for programs

FAULT_ROUNDS (2), FAULT_MINUTES and FAULT_SEED say how often, how long and with which chances. The faults:
`;

const listed = (): string => FAULTS.map(({ name, summary }) => `  ${name.padEnd(24)} ${summary}`).join('\n');

/**
 * Tries the faults that were named, or all, and says what came of it, `--json` for programs; 1 when the checker finds anything.
 * `--keep FILE` adds each trial to a file, and `--sum FILE` tries nothing but says what those in the file come to together.
 */
async function main(over: AbortSignal): Promise<number> {
  const { values, positionals: names } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) {
    console.log(`${USAGE}${listed()}`);
    return 0;
  }
  const say = (sentence: string): void => (values.json ? console.error(sentence) : console.log(sentence));
  const unknown = names.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    console.error(`There is no fault "${unknown.join(', ')}".\n\n${listed()}`);
    return 1;
  }
  const wanted = FAULTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const tried = values.sum === undefined ? [] : sumTrials(values.sum);
  for (const fault of values.sum === undefined ? wanted : []) {
    if (over.aborted) break;
    const seed = seedOf();
    say(`— ${fault.name}: ${fault.summary} (seed ${seed})`);
    const one = await attempt({ fault, seed, over }, LENGTH);
    tried.push(one);
    if (values.keep !== undefined) keepTrial(values.keep, one);
    for (const sentence of outcomeOf(one)) say(`  ${sentence}`);
  }
  console.log(values.json ? JSON.stringify(tried, null, 2) : printTable(tried));
  return tried.some(({ isGood }) => !isGood) ? 1 : 0;
}

function outcomeOf({ findings, isGood, note, acknowledged, rounds, seconds }: Tried): string[] {
  const wrong = findings?.wrong.map((sentence) => `✗ ${sentence}`) ?? [];
  const good = `✓ ${acknowledged} texts, ${rounds} rounds, ${seconds.toFixed(0)} s`;
  return [...wrong, ...(note === '' ? [] : [note]), ...(findings && isGood ? [good] : [])];
}

main(onceAsked()).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
