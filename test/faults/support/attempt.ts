import { check, untilQuiet } from './checker.ts';
import type { Findings } from './judge.ts';
import { NotHere } from './not-here.ts';
import type { Tried } from './print-table.ts';
import { Stage, type Trial } from './stage.ts';

/** Tries a fault for so many rounds on a stage of its own, lets everything calm down, and has it checked. Clears away whatever happens. */
export async function attempt(trial: Trial, mostRounds: number): Promise<Tried> {
  const { fault, seed, over } = trial;
  const began = performance.now();
  const rounds = Math.min(mostRounds, fault.mostRounds ?? mostRounds);
  const seconds = (): number => (performance.now() - began) / 1_000;
  const nothing = { fault: fault.name, seed, rounds: 0, acknowledged: 0, refused: 0, findings: null };
  let stage: Stage | undefined;
  try {
    stage = await Stage.set(trial);
    const findings = await suffer(stage, trial, rounds);
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

async function suffer(stage: Stage, { fault, over }: Trial, rounds: number): Promise<Findings> {
  stage.texters.start();
  for (let round = 0; round < rounds; round++) {
    await stage.heard(100);
    await stage.pause(stage.chance.below(500));
    await fault.round(stage);
    await stage.heard(100);
  }
  await stage.texters.stop();
  return await stage.inDatabase(async (source) => {
    await untilQuiet(source, stage.texters.acknowledged, over);
    return await check(source, stage.texters, stage.farEnd.requests);
  });
}
