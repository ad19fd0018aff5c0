import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
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
import { natsKilled } from './real/nats-killed.ts';
import { nodeKilled } from './real/node-killed.ts';
import { nodePaused } from './real/node-paused.ts';
import { sameTextEverywhere } from './real/same-text-everywhere.ts';
import { check, untilQuiet } from './support/checker.ts';
import type { Findings } from './support/judge.ts';
import { NotHere } from './support/not-here.ts';
import { printJson, printTable, type Tried } from './support/print-table.ts';
import { Stage } from './support/stage.ts';

const FAULTS: readonly Fault[] = [
  nodeKilled,
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
  loggedDatabaseKilled,
];

/** Rounds of each fault; 50 is the full trial. */
const ROUNDS = Math.max(1, Number(process.env.FAULT_ROUNDS) || 2);

/** Tries the faults that were named, or all, and says what came of it, `--json` for programs; 1 when the checker finds anything. */
async function main(): Promise<number> {
  const { values, positionals: names } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const say = (sentence: string): void => (values.json ? console.error(sentence) : console.log(sentence));
  const unknown = names.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) {
    console.error(`There is no fault "${unknown.join(', ')}".\n`);
    for (const { name, summary } of FAULTS) console.error(`  ${name.padEnd(24)} ${summary}`);
    return 1;
  }
  const tried: Tried[] = [];
  for (const fault of FAULTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    say(`— ${fault.name}: ${fault.summary}`);
    const one = await attempt(fault);
    tried.push(one);
    for (const sentence of one.findings?.wrong ?? []) say(`  ✗ ${sentence}`);
    if (one.note !== '') say(`  ${one.note}`);
    if (one.findings && one.isGood)
      say(`  ✓ ${one.acknowledged} texts, ${one.rounds} rounds, ${one.seconds.toFixed(0)} s`);
  }
  console.log(values.json ? printJson(tried) : printTable(tried));
  return tried.some(({ isGood }) => !isGood) ? 1 : 0;
}

/** What stands, so that it is cleared away when somebody ends the suite early. */
let standing: Stage | undefined;

async function attempt(fault: Fault): Promise<Tried> {
  const began = performance.now();
  const rounds = Math.min(ROUNDS, fault.mostRounds ?? ROUNDS);
  const seconds = (): number => (performance.now() - began) / 1_000;
  let stage: Stage | undefined;
  try {
    stage = await Stage.set(fault);
    standing = stage;
    const findings = await suffer(stage, fault, rounds);
    const { acknowledged, refused } = stage.texters;
    const isGood = findings.wrong.length === 0;
    return { fault, rounds, acknowledged, refused, findings, isGood, note: '', seconds: seconds() };
  } catch (error) {
    const isGood = error instanceof NotHere;
    const note = isGood ? `not tried: ${error.message}` : String(error);
    if (!isGood) console.error(error, stage?.nodes.map(({ log }) => log.slice(-2_000)).join('\n'));
    return { fault, rounds, acknowledged: 0, refused: 0, findings: null, isGood, note, seconds: seconds() };
  } finally {
    standing = undefined;
    await stage?.clear();
  }
}

async function suffer(stage: Stage, fault: Fault, rounds: number): Promise<Findings> {
  stage.texters.start();
  for (let round = 0; round < rounds; round++) {
    await stage.heard(100);
    await sleep(Math.random() * 500);
    await fault.round(stage);
    await stage.heard(100);
  }
  await stage.texters.stop();
  return await stage.inDatabase(async (source) => {
    await untilQuiet(source, stage.texters.acknowledged);
    return await check(source, stage.texters.log, stage.farEnd.requests);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    const over = (): never => process.exit(1);
    if (standing) standing.clear().then(over, over);
    else over();
  });

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
