import type { DatabaseStage } from './database-stage.ts';
import { ShiftedClock, stageDeciding } from './decide-stage.ts';
import { SCRIPT } from './double-opt-in.ts';

/** People who join before anything is measured: the compiler goes on optimising for some 50,000 texts. */
export const WARM_UP = 25_000;

/** Has people join on a database of their own, in this process: whatever is measured afterwards begins with compiled code. */
export async function warmUp(database: DatabaseStage, people = WARM_UP): Promise<void> {
  const { url } = await database.fresh('warm_up');
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  const everybody = Array.from({ length: people }, (_, n) => n);
  for (const { says } of SCRIPT) await stage.say(everybody, says, 'decided');
  await stage.close();
  await database.drop('warm_up');
}
