import type { DataSource } from 'typeorm';
import { type Bench, type Column, type Report, type Row, sizeOf } from './bench.ts';
import { clonePeople } from './support/clone-people.ts';
import { countRows } from './support/count-rows.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { Meter } from './support/meter.ts';
import { figure, microsecondsEach } from './support/words.ts';

/** The backlog that the large one is held against; a smaller one where the large one is small. */
const FEW = 50_000;
/** People who text before, so that caches, plans and the compiler have settled. */
const WARM_UP = 2_000;
const KEPT = 0.9;
const [JOIN = ''] = SCRIPT.map(({ says }) => says);

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  { key: 'node', title: 'node µs/MO', digits: 1, cost: true },
  { key: 'postgres', title: 'postgres µs/MO', digits: 1, cost: true },
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
      const rows: Row[] = [];
      for (const pending of [few, many]) {
        say(`${figure(pending)} pending texts …`);
        rows.push(await drain(database, pending, wrong));
      }
      return report(rows, few, many, wrong);
    } finally {
      await database.close();
    }
  },
};

function report([first, last]: readonly Row[], few: number, many: number, wrong: readonly string[]): Report {
  const [small, large] = [first, last].map((row) => row?.figures.rate ?? 0);
  const ratio = (large ?? 0) / (small ?? 1);
  return {
    title: 'Drain: what was stored is decided',
    columns: COLUMNS,
    rows: [first, last].filter((row) => row !== undefined),
    verdicts: [
      {
        what: `${figure(many)} pending texts decided`,
        asked: `at least ${KEPT * 100} % of the rate at ${figure(few)}`,
        measured: `${figure(large)} and ${figure(small)} MO/s`,
        ratio: { value: ratio, better: 'more' },
        met: ratio >= KEPT,
      },
    ],
    notes: [
      'The batch function alone, one text each of so many people; every text, its reply and its run checked.',
    ],
    wrong,
  };
}

/** Has one person text and be put off, copies that person, and measures until nothing is pending. */
async function drain(database: DatabaseStage, pending: number, wrong: string[]): Promise<Row> {
  const name = `drain_${pending}`;
  const { url, source } = await database.fresh(name);
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  try {
    stage.storeOnly(true);
    await stage.say([0], JOIN, 'pending');
    await clonePeople(source, { from: 1, to: pending });
    stage.storeOnly(false);
    const others = Array.from({ length: WARM_UP }, (_, n) => pending + n);
    await stage.say(others, JOIN, 'decided');
    const meter = new Meter(source, { node: process.pid, postgres: database.pid });
    meter.read('begin');
    const began = performance.now();
    await stage.backlog.workOff();
    const seconds = (performance.now() - began) / 1_000;
    meter.read('end');
    const { node, postgres, wal } = await meter.cost();
    const each = (spent: number | null) => microsecondsEach(spent, pending);
    wrong.push(...(await check(source, pending, WARM_UP)));
    return {
      name: `${figure(pending)} pending`,
      figures: { rate: pending / seconds, node: each(node), postgres: each(postgres), wal: wal / pending },
    };
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
