import type { DataSource } from 'typeorm';
import type { Bench, Column, Report, Row } from './bench.ts';
import { BATCH_SIZE } from '#server/inbound/lanes.ts';
import { costColumns, costsOf } from './support/costs.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { type DecideStage, ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { measureReadyMade } from './support/measure-ready-made.ts';
import { meanOf } from './support/mean-of.ts';
import { Meter } from './support/meter.ts';
import { runtimeVerdicts } from './support/runtime-verdicts.ts';
import { walByTable, walPosition } from './support/wal-by-table.ts';
import { WARM_UP, warmUp } from './support/warm-up.ts';
import { figure } from './support/words.ts';

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'per second', digits: 0 },
  ...costColumns(' each'),
  { key: 'wal', title: 'WAL B each', digits: 0 },
];

/** People of each part, unless `--contacts` says how many, and of those who go through it before, at most. */
const PEOPLE = 20_000;
const BEFORE = 10_000;
const [JOIN = '', YES = ''] = SCRIPT.map(({ says }) => says);
/** Longer than any question of the flow waits. */
const LONG_MS = 400 * 24 * 3_600_000;

export const runtimeBench: Bench = {
  name: 'runtime',
  summary:
    'the batch function alone: decided at once, with a slow flush, on two nodes, from the backlog, and wake-ups',
  run: async ({ contacts }, say) => {
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    try {
      return await measure(database, contacts ?? PEOPLE, say);
    } finally {
      await database.close();
    }
  },
};

/** One part: what it measures, and what the database must hold once as many others and everybody have been through it. */
interface Part {
  nodes?: number;
  slowly?: boolean;
  /** Pieces of work for each person. */
  each?: number;
  prepare?: (stages: readonly DecideStage[], people: readonly number[], clock: ShiftedClock) => Promise<void>;
  work: (stages: readonly DecideStage[], people: readonly number[]) => Promise<unknown>;
  expected: Readonly<Record<string, number>>;
}

async function measure(
  database: DatabaseStage,
  people: number,
  tell: (sentence: string) => void,
): Promise<Report> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const wrong: string[] = [];
  const everybody = Array.from({ length: people }, (_, n) => n);
  const others = Array.from({ length: Math.min(BEFORE, people) }, (_, n) => people + n);
  const all = people + others.length;

  /** Runs one part on a fresh database after others have been through the same. */
  const part = async (name: string, { nodes = 1, each = 1, ...part }: Part): Promise<Row> => {
    tell(`${name} …`);
    const { url, source } = await database.fresh(`runtime_${rows.length}`);
    if (part.slowly) await flushSlowly(source);
    const clock = new ShiftedClock();
    const stages = await Promise.all(
      Array.from({ length: nodes }, () => stageDeciding(url, database.workspace, clock)),
    );
    try {
      await part.prepare?.(stages, others, clock);
      await part.work(stages, others);
      await source.query('vacuum analyze');
      await part.prepare?.(stages, everybody, clock);
      const meter = new Meter(source, { node: process.pid, postgres: database.pid }, { counts: true });
      const walFrom = await walPosition(source);
      const times = people * each;
      const figures = await costsOf(meter, times, () => part.work(stages, everybody));
      if (rows.length === 0) notes.push(await walByTable(source, walFrom, await walPosition(source), times));
      for (const fault of await check(source, part.expected)) wrong.push(`${name}: ${fault}`);
      const row = { name, figures };
      rows.push(row);
      return row;
    } finally {
      for (const stage of stages) await stage.close();
    }
  };

  tell('Warming up …');
  await warmUp(database, Math.min(WARM_UP, people));
  const talked = { pending: 0, decided: 2 * all, completed: all };
  const first = await part('decided at once', { each: 2, work: talk, expected: talked });
  tell('The same SQL with ready-made rows …');
  const { row: readyMade, wrong: notStored } = await measureReadyMade(database, {
    people,
    batchSize: Math.min(BATCH_SIZE, Math.ceil(people / 4)),
    sent: false,
  });
  wrong.push(...notStored);
  rows.push(readyMade);
  const same = { each: 2, work: talk, expected: talked };
  const slow = await part('  the same, 4 ms a flush', { ...same, slowly: true });
  const twoNodes = await part('  the same, two nodes', { ...same, nodes: 2 });
  // What all of these are held against comes before and after them: the machine may have become slower or faster meanwhile.
  const atOnce = meanOf([first, await part('decided at once, again', same)]);
  await part('only stored', { work: store, expected: { pending: all, decided: 0 } });
  const drained = await part('decided from the backlog', {
    prepare: store,
    work: ([stage]) => stage?.backlog.workDue() ?? nothing(),
    expected: { pending: 0, decided: all },
  });
  await part('wake-ups that are all due', {
    prepare: async (stages, people, clock) => {
      await turn(stages, people, JOIN);
      clock.ahead += LONG_MS;
    },
    work: ([stage]) => stage?.wakes.fireDue() ?? nothing(),
    expected: { waiting: 0, decided: all },
  });
  notes.push(
    `${figure(people)} people a part, after ${figure(others.length)} others; each part's rows are counted afterwards. The two nodes share this process; where texts are decided at once, the mean counts.`,
  );
  const verdicts = runtimeVerdicts({ atOnce, readyMade, slow, twoNodes, drained });
  return { title: 'Runtime: the batch function alone', columns: COLUMNS, rows, verdicts, notes, wrong };
}

const nothing = async (): Promise<void> => undefined;

/** Everybody says that to their node, and is decided at once. */
const turn = async (stages: readonly DecideStage[], people: readonly number[], text: string): Promise<void> =>
  void (await Promise.all(
    stages.map((stage, n) =>
      stage.say(
        people.filter((one) => one % stages.length === n),
        text,
        'decided',
      ),
    ),
  ));

const talk = async (stages: readonly DecideStage[], people: readonly number[]): Promise<void> => {
  await turn(stages, people, JOIN);
  await turn(stages, people, YES);
};

/** Everybody's text is stored and not decided yet. */
const store = async (stages: readonly DecideStage[], people: readonly number[]): Promise<void> => {
  for (const stage of stages) stage.storeOnly(true);
  await stages[0]?.say(people, JOIN, 'pending');
  for (const stage of stages) stage.storeOnly(false);
};

/** Each flush takes 4 ms longer on this database, as on a slow disk. */
const flushSlowly = (source: DataSource): Promise<unknown> =>
  source.query(
    `do $$ begin execute format('alter database %I set commit_delay = 4000', current_database());
     execute format('alter database %I set commit_siblings = 0', current_database()); end $$`,
  );

async function check(source: DataSource, expected: Readonly<Record<string, number>>): Promise<string[]> {
  const [found]: Record<string, number>[] = await source.query(
    `select (select count(*) from backlog)::float8 as pending,
       (select count(distinct o.cause_id) from outbound o join inbound i on i.workspace_id = o.workspace_id and i.id = o.cause_id
        where i.status = 'decided')::float8 as decided,
       (select count(*) from runs where outcome = 'completed')::float8 as completed,
       (select count(*) from runs where wake_at is not null)::float8 as waiting`,
  );
  return Object.entries(expected)
    .filter(([what, count]) => found?.[what] !== count)
    .map(([what, count]) => `${what}: ${found?.[what]} in the database, ${count} expected`);
}
