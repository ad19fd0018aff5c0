import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import type { Bench, Column, Report, Row } from './bench.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { type DecideStage, ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { Meter } from './support/meter.ts';

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'per second', digits: 0 },
  { key: 'node', title: 'node µs each', digits: 1 },
  { key: 'postgres', title: 'postgres µs each', digits: 1 },
  { key: 'wal', title: 'WAL B each', digits: 0 },
];

/** People of each part; `--contacts` raises it. */
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
  ): Promise<number> => {
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
      meter.read('begin');
      const began = performance.now();
      await work(stages);
      const seconds = (performance.now() - began) / 1_000;
      meter.read('end');
      const { node, postgres, wal } = await meter.cost();
      const times = people * each;
      const cost = (spent: number | null): number | null => (spent === null ? null : (spent * 1e6) / times);
      const rate = times / seconds;
      rows.push({ name, figures: { rate, node: cost(node), postgres: cost(postgres), wal: wal / times } });
      for (const fault of await check(source, expected)) wrong.push(`${name}: ${fault}`);
      return rate;
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
  const slow = await part('  the same, 4 ms a flush', { each: 2, slowly: true }, nothing, talk, all);
  await part('  the same, two nodes', { each: 2, nodes: 2 }, nothing, talk, all);
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
    `With a slow flush ${percent(slow, atOnce)} of the rate; the backlog is decided at ${percent(drained, atOnce)} of it.`,
    `${people.toLocaleString('en')} people a part; each part's rows are counted afterwards. The two nodes share this process.`,
  );
  return { title: 'Runtime: the batch function alone', columns: COLUMNS, rows, notes, wrong };

  function said(stage: DecideStage | undefined, text: string, status: 'decided' | 'pending'): Promise<void> {
    return stage ? stage.say(everybody, text, status) : nothing();
  }
}

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(0)} %`;

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
