import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { SENDER } from '../support/phone-stage.ts';
import type { Bench, Column, Report, Row } from './bench.ts';
import { BATCH_SIZE } from '#server/inbound/lanes.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { type DecideStage, ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { Meter } from './support/meter.ts';
import { recordBatches, replayBatches } from './support/ready-made-rows.ts';
import { runtimeVerdicts } from './support/runtime-verdicts.ts';
import { walByTable, walPosition } from './support/wal-by-table.ts';
import { microsecondsEach } from './support/words.ts';

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'per second', digits: 0 },
  { key: 'node', title: 'node µs each', digits: 1, cost: true },
  { key: 'postgres', title: 'postgres µs each', digits: 1, cost: true },
  { key: 'wal', title: 'WAL B each', digits: 0 },
];

/** People of each part, unless `--contacts` says how many. */
const PEOPLE = 20_000;
const WARM_UP = 2_000;
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

async function measure(
  database: DatabaseStage,
  people: number,
  tell: (sentence: string) => void,
): Promise<Report> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const wrong: string[] = [];
  const everybody = Array.from({ length: people }, (_, n) => n);

  /** Runs one part on a fresh database, its caches warm. */
  const part = async (
    name: string,
    { nodes = 1, slowly = false, each = 1 }: { nodes?: number; slowly?: boolean; each?: number },
    prepare: (stages: DecideStage[], clock: ShiftedClock) => Promise<unknown>,
    work: (stages: DecideStage[]) => Promise<unknown>,
    expected: Record<string, number>,
  ): Promise<Row> => {
    tell(`${name} …`);
    const { url, source } = await database.fresh(`runtime_${rows.length}`);
    if (slowly)
      await source.query(
        `do $$ begin execute format('alter database %I set commit_delay = 4000', current_database());
         execute format('alter database %I set commit_siblings = 0', current_database()); end $$`,
      );
    const clock = new ShiftedClock();
    const stages = await Promise.all(
      Array.from({ length: nodes }, () => stageDeciding(url, database.workspace, clock)),
    );
    try {
      await warmUp(stages, people);
      await source.query('vacuum analyze');
      await prepare(stages, clock);
      const meter = new Meter(source, { node: process.pid, postgres: database.pid });
      const walFrom = await walPosition(source);
      meter.read('begin');
      const began = performance.now();
      await work(stages);
      const seconds = (performance.now() - began) / 1_000;
      meter.read('end');
      const { node, postgres, wal } = await meter.cost();
      const times = people * each;
      const row = {
        name,
        figures: {
          rate: times / seconds,
          node: microsecondsEach(node, times),
          postgres: microsecondsEach(postgres, times),
          wal: wal / times,
        },
      };
      if (rows.length === 0) notes.push(await walByTable(source, walFrom, await walPosition(source), times));
      rows.push(row);
      for (const fault of await check(source, expected)) wrong.push(`${name}: ${fault}`);
      return row;
    } finally {
      for (const stage of stages) await stage.close();
    }
  };

  const nothing = async (): Promise<void> => undefined;
  const talk = async (stages: DecideStage[]): Promise<void> => {
    const turn = (text: string) =>
      Promise.all(
        stages.map((stage, n) =>
          stage.say(
            everybody.filter((one) => one % stages.length === n),
            text,
            'decided',
          ),
        ),
      );
    await turn(JOIN);
    await turn(YES);
  };
  const texts = 2 * (people + WARM_UP);
  const all = { pending: 0, decided: texts, completed: people + WARM_UP };
  const atOnce = await part('decided at once', { each: 2 }, nothing, talk, all);
  tell('The same SQL with ready-made rows …');
  const readyMade = await measureReadyMade(database, people, wrong);
  rows.push(readyMade);
  const slow = await part('  the same, 4 ms a flush', { each: 2, slowly: true }, nothing, talk, all);
  const twoNodes = await part('  the same, two nodes', { each: 2, nodes: 2 }, nothing, talk, all);
  await part('only stored', {}, storing, ([stage]) => said(stage, JOIN, 'pending'), {
    pending: people,
    decided: 2 * WARM_UP,
  });
  const drained = await part(
    'decided from the backlog',
    {},
    async (stages) => {
      await storing(stages);
      await said(stages[0], JOIN, 'pending');
      stages[0]?.storeOnly(false);
    },
    ([stage]) => stage?.backlog.workOff() ?? nothing(),
    { pending: 0, decided: people + 2 * WARM_UP },
  );
  await part(
    'wake-ups that are all due',
    {},
    async (stages, clock) => {
      await said(stages[0], JOIN, 'decided');
      clock.ahead = LONG_MS;
    },
    ([stage]) => stage?.wakes.fireDue() ?? nothing(),
    { waiting: 0, decided: people + 2 * WARM_UP },
  );
  notes.push(
    `${people.toLocaleString('en')} people a part; each part's rows are counted afterwards. The two nodes share this process.`,
  );
  const verdicts = runtimeVerdicts({ atOnce, readyMade, slow, twoNodes, drained });
  return { title: 'Runtime: the batch function alone', columns: COLUMNS, rows, verdicts, notes, wrong };

  function said(stage: DecideStage | undefined, text: string, status: 'decided' | 'pending'): Promise<void> {
    return stage ? stage.say(everybody, text, status) : nothing();
  }
}

/** The upper bound: the statements of the largest batches there are, when nobody has to decide. */
async function measureReadyMade(database: DatabaseStage, people: number, wrong: string[]): Promise<Row> {
  const recorded = await database.fresh('runtime_recorded');
  const batches = await recordBatches(recorded.source, {
    workspace: database.workspace,
    sender: SENDER.address,
    texts: [JOIN, YES],
    people,
    batchSize: Math.min(BATCH_SIZE, Math.ceil(people / 4)),
  });
  const { source } = await database.fresh('runtime_ready_made');
  const warmUp = Math.floor(batches.length / 5);
  await replayBatches(source, batches.slice(0, warmUp), { sent: false });
  await source.query('vacuum analyze');
  const stored = async (): Promise<number> => {
    const [row]: { count: number }[] = await source.query(
      'select count(distinct cause_id)::float8 as count from outbound',
    );
    return row?.count ?? 0;
  };
  const before = await stored();
  const meter = new Meter(source, { node: process.pid, postgres: database.pid });
  meter.read('begin');
  const seconds = await replayBatches(source, batches.slice(warmUp), { sent: false });
  meter.read('end');
  const texts = (await stored()) - before;
  const { node, postgres, wal } = await meter.cost();
  if (texts !== (before / warmUp) * (batches.length - warmUp))
    wrong.push(`ready-made texts answered: ${texts}, and ${before} of the first ${warmUp} batches.`);
  return {
    name: '  the same SQL with ready-made rows',
    figures: {
      rate: texts / seconds,
      node: microsecondsEach(node, texts),
      postgres: microsecondsEach(postgres, texts),
      wal: wal / texts,
    },
  };
}

const storing = async (stages: readonly DecideStage[]): Promise<void> => {
  for (const stage of stages) stage.storeOnly(true);
};

/** Other people than those who are measured. */
async function warmUp(stages: readonly DecideStage[], people: number): Promise<void> {
  const others = Array.from({ length: WARM_UP }, (_, n) => people + n);
  for (const text of [JOIN, YES])
    await Promise.all(
      stages.map((stage, n) =>
        stage.say(
          others.filter((one) => one % stages.length === n),
          text,
          'decided',
        ),
      ),
    );
}

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
