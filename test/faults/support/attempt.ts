import { check, untilQuiet } from './checker.ts';
import type { Findings } from './judge.ts';
import { NotHere } from './not-here.ts';
import type { Tried } from './print-table.ts';
import { Stage, type Trial } from './stage.ts';

/** How long a trial goes on: for so many rounds, and no further one begins after so many milliseconds of them. */
export interface Length {
  rounds: number;
  milliseconds: number;
}

/** Tries a fault for so long on a stage of its own, lets everything calm down, and has it checked. Clears away whatever happens. */
export async function attempt(trial: Trial, length: Length): Promise<Tried> {
  const { fault, seed, over } = trial;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  const nothing = { fault: fault.name, seed, rounds: 0, acknowledged: 0, refused: 0, findings: null };
  let stage: Stage | undefined;
  try {
    stage = await Stage.set(trial);
    const rounds = await suffer(stage, trial, length);
    const findings = await examine(stage, over);
    const { acknowledged, refused } = stage.texters;
    const isGood = findings.wrong.length === 0;
    return { ...nothing, rounds, acknowledged, refused, findings, isGood, note: '', seconds: seconds() };
  } catch (error) {
    if (over.aborted) return { ...nothing, isGood: false, note: 'ended early', seconds: seconds() };
    const isGood = error instanceof NotHere;
    const note = isGood ? `not tried: ${error.message}` : String(error);
    if (!isGood) console.error(error, stage?.nodes.map(({ log }) => log.slice(-2_000)).join('\n'));
    return { ...nothing, isGood, note, seconds: seconds() };
  } finally {
    await stage?.clear();
  }
}

/** Returns how many rounds there were. */
async function suffer(stage: Stage, { fault }: Trial, { rounds, milliseconds }: Length): Promise<number> {
  const most = Math.min(rounds, fault.mostRounds ?? rounds);
  stage.texters.start();
  await stage.heard(100);
  const until = performance.now() + milliseconds;
  let round = 0;
  for (; round < most && performance.now() < until; round++) {
    await stage.pause(stage.chance.below(500));
    await fault.round(stage);
    await stage.heard(100);
  }
  return round;
}

async function examine(stage: Stage, over: AbortSignal): Promise<Findings> {
  await stage.texters.stop();
  return await stage.inDatabase(async (source) => {
    await untilQuiet(source, stage.texters.acknowledged, over);
    return await check(source, stage.texters, stage.farEnd.requests);
  });
}
