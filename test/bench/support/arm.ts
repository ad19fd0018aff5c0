import type { Row } from '../bench.ts';
import { clonePeople, LOOKED_UP } from './clone-people.ts';
import { costsOf } from './costs.ts';
import { countRows } from './count-rows.ts';
import type { DatabaseStage } from './database-stage.ts';
import { ShiftedClock, stageDeciding } from './decide-stage.ts';
import { SCRIPT } from './double-opt-in.ts';
import { Meter } from './meter.ts';
import { figure } from './words.ts';

/** People who wait beside nearly nobody: with one row a table's statistics say nothing. */
export const FEW = 100;
/** People who arm a wake-up each, after others. */
const ARMING = 8_000;
const BEFORE = 1_000;
const [JOIN = ''] = SCRIPT.map(({ says }) => says);

/** What a JOIN costs, which arms a wake-up, beside so many that wait for another day. */
export async function arm(
  database: DatabaseStage,
  waiting: number,
  wrong: string[],
  say: (sentence: string) => void = () => undefined,
): Promise<Row> {
  const name = `arm_${waiting}`;
  const { url, source } = await database.fresh(name);
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  try {
    await stage.say([0], JOIN, 'decided');
    await clonePeople(source, { from: 1, to: waiting, tables: LOOKED_UP }, say);
    const people = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
    await stage.say(people(waiting, BEFORE), JOIN, 'decided');
    const meter = new Meter(source, { node: process.pid, postgres: database.pid }, { counts: true });
    const arming = people(waiting + BEFORE, ARMING);
    const figures = await costsOf(meter, ARMING, () => stage.say(arming, JOIN, 'decided'));
    const armed = waiting + BEFORE + ARMING;
    wrong.push(
      ...(await countRows(source, name, { armed }, 'select count(wake_at)::float8 as armed from runs')),
    );
    return { name: `armed beside ${figure(waiting)} that wait`, figures };
  } finally {
    await stage.close();
    await database.drop(name);
  }
}
