import type { DataSource } from 'typeorm';
import { type Bench, type Column, type Report, type Row, sizeOf } from './bench.ts';
import { clonePeople } from './support/clone-people.ts';
import { costColumns, costsOf } from './support/costs.ts';
import { countRows } from './support/count-rows.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { meanOf } from './support/mean-of.ts';
import { Meter } from './support/meter.ts';
import { WARM_UP } from './support/warm-up.ts';
import { figure } from './support/words.ts';

/** The backlog that the large one is held against; a smaller one where the large one is small. */
const FEW = 50_000;
/** People who text before on each database, so that its caches and plans have settled. */
const BEFORE = 2_000;
const KEPT = 0.9;
const [JOIN = ''] = SCRIPT.map(({ says }) => says);

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  ...costColumns('/MO'),
  { key: 'wal', title: 'WAL B/MO', digits: 0 },
];

export const drainBench: Bench = {
  name: 'drain',
  summary: 'texts that were stored and are decided later: a few, then a million with --full',
  run: async ({ contacts, full }, say) => {
    const many = sizeOf(contacts, full, { usual: 150_000, full: 1_000_000 });
    const few = Math.min(FEW, Math.ceil(many / 5));
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    const wrong: string[] = [];
    try {
      say('Warming up …');
      await drain(database, Math.min(2 * WARM_UP, many), wrong, say);
      const part = async (pending: number, name: string): Promise<Row> => {
        say(`${name} …`);
        return { name, figures: await drain(database, pending, wrong, say) };
      };
      // The few come before and after the many: the machine may have become slower or faster meanwhile.
      const before = await part(few, `${figure(few)} pending`);
      const large = await part(many, `${figure(many)} pending`);
      const after = await part(few, `${figure(few)} pending, again`);
      return report([before, large, after], wrong);
    } finally {
      await database.close();
    }
  },
};

function report([before, large, after]: readonly [Row, Row, Row], wrong: readonly string[]): Report {
  const rate = large.figures.rate ?? 0;
  const small = meanOf([before, after]).figures.rate ?? 0;
  return {
    title: 'Drain: what was stored is decided',
    columns: COLUMNS,
    rows: [before, large, after],
    verdicts: [
      {
        what: `${large.name}, decided`,
        asked: `at least ${KEPT * 100} % of the rate at ${before.name}`,
        measured: `${figure(rate)} and ${figure(small)} MO/s`,
        ratio: { value: rate / small, better: 'more' },
        met: rate >= KEPT * small,
      },
    ],
    notes: [
      'The batch function alone, one text each of so many people; every text, its reply and its run checked. The few are measured before and after the many, and their mean counts.',
    ],
    wrong,
  };
}

/** Has one person text and be put off, copies that person, and measures until nothing is pending. */
async function drain(
  database: DatabaseStage,
  pending: number,
  wrong: string[],
  say: (sentence: string) => void,
): Promise<Row['figures']> {
  const name = `drain_${pending}`;
  const { url, source } = await database.fresh(name);
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  try {
    stage.storeOnly(true);
    await stage.say([0], JOIN, 'pending');
    await clonePeople(source, { from: 1, to: pending }, say);
    stage.storeOnly(false);
    const others = Array.from({ length: BEFORE }, (_, n) => pending + n);
    await stage.say(others, JOIN, 'decided');
    const meter = new Meter(source, { node: process.pid, postgres: database.pid }, { counts: true });
    const figures = await costsOf(meter, pending, () => stage.backlog.workDue());
    wrong.push(...(await check(source, pending, BEFORE)));
    return figures;
  } finally {
    await stage.close();
    await database.drop(name);
  }
}

async function check(source: DataSource, pending: number, before: number): Promise<string[]> {
  const people = pending + before;
  const expected: Record<string, number> = {
    'texts pending': 0,
    'texts decided': people,
    'texts with one reply': people,
    replies: people,
    'runs that wait for the answer': people,
  };
  return await countRows(
    source,
    `${figure(pending)} pending`,
    expected,
    `select (select count(*) from backlog)::float8 as "texts pending",
       (select count(*) from inbound where status = 'decided')::float8 as "texts decided",
       (select count(distinct cause_id) from outbound)::float8 as "texts with one reply",
       (select count(*) from outbound)::float8 as replies,
       (select count(*) from runs where wake_at is not null)::float8 as "runs that wait for the answer"`,
  );
}
