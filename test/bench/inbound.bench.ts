import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { SENDER } from '../support/phone-stage.ts';
import type { Bench, BenchOptions, Column, Report, Row } from './bench.ts';
import { checkRows } from './support/check-rows.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { load, type LoadResult, quantile } from './support/load.ts';
import { type Cost, Meter } from './support/meter.ts';
import { People } from './support/people.ts';
import { memoryOf, memoryOfFamily } from './support/processes.ts';
import { recordBatches, replayBatches } from './support/ready-made-rows.ts';
import { type ServerStage, stageServer } from './support/server-stage.ts';

/** Not measured before each part, in seconds: connections open, batches find their size. */
const SETTLE = 1;
/** People whose conversation is fed to the database without a server. */
const READY_MADE_PEOPLE = 10_000;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  { key: 'node', title: 'node µs/MO', digits: 1 },
  { key: 'postgres', title: 'postgres µs/MO', digits: 1 },
  { key: 'generator', title: 'generator µs/MO', digits: 1 },
  { key: 'wal', title: 'WAL B/MO', digits: 0 },
  { key: 'batch', title: 'MO/batch', digits: 1 },
];

export const inboundBench: Bench = {
  name: 'inbound',
  summary: 'the double opt-in over HTTP, every reply durable before it is answered; two baselines',
  run: async (options, say) => {
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    try {
      return await measure(database, options, say);
    } finally {
      await database.close();
    }
  },
};

async function measure(
  database: DatabaseStage,
  options: BenchOptions,
  say: (sentence: string) => void,
): Promise<Report> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const { url, source } = await database.fresh('over_http');
  const server = await stageServer(
    url,
    Object.fromEntries(SCRIPT.map(({ says, hears }) => [says, hears])),
    options.serverFlags,
  );
  const people = new People(database.workspace.door, SENDER.address, SCRIPT, options.contacts);
  let wrong: string[];
  try {
    const meter = new Meter(source, { node: server.pid, postgres: database.pid }, server);
    const part = async (name: string, connections: number, crowd: People): Promise<Row> => {
      say(`${name.trim()} …`);
      const result = await run(server, connections, crowd, meter, SETTLE, options.seconds);
      const row = { name, figures: figuresOf(result, await meter.cost()) };
      rows.push(row);
      return row;
    };
    say(`Warming up for ${options.warmUp} s …`);
    await run(server, Math.max(...options.connections), people, meter, 0, options.warmUp);
    await source.query('vacuum analyze');
    for (const connections of options.connections) {
      const parser = new People('/in/parse-only', SENDER.address, SCRIPT, options.contacts);
      const whole = await part(`double opt-in, ${connections} connections`, connections, people);
      const parsed = await part(
        `  only parsed and answered, ${connections} connections`,
        connections,
        parser,
      );
      notes.push(
        compare(`At ${connections} connections`, whole, 'the route that only parses and answers', parsed),
      );
    }
    notes.push(memoryNote(server, database));
    wrong = await checkRows(source, { texts: people.texts, people: people.spoken, script: SCRIPT });
    notes.push(
      `${people.texts.toLocaleString('en')} texts of ${people.spoken.toLocaleString('en')} people checked: stored and decided once, replies, runs, consents, trail.`,
    );
  } finally {
    await server.close();
  }
  say('The same SQL with ready-made rows …');
  const batchSize = Math.ceil(Math.max(...options.connections) / 2);
  const baseline = await measureReadyMade(database, batchSize);
  const last = rows.at(-2);
  if (last)
    notes.push(
      compare(
        `At ${Math.max(...options.connections)} connections`,
        last,
        'the same SQL with ready-made rows',
        baseline.row,
      ),
    );
  rows.push(baseline.row);
  return {
    title: 'Inbound: from the door to the answer',
    columns: COLUMNS,
    rows,
    notes,
    wrong: [...wrong, ...baseline.wrong],
  };
}

function run(
  { host, port }: ServerStage,
  connections: number,
  people: People,
  meter: Meter,
  warmUp: number,
  seconds: number,
): Promise<LoadResult> {
  return load({
    host,
    port,
    connections,
    warmUp,
    seconds,
    next: (connection, ending) => people.next(connection, ending),
    onMeasure: meter.read,
  });
}

function figuresOf({ answered, seconds, latencies }: LoadResult, cost: Cost): Row['figures'] {
  return {
    rate: answered / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    ...costs(cost, answered),
  };
}

function costs({ node, postgres, generator, wal, batch }: Cost, texts: number): Row['figures'] {
  const each = (seconds: number | null): number | null => (seconds === null ? null : (seconds * 1e6) / texts);
  return { node: each(node), postgres: each(postgres), generator: each(generator), wal: wal / texts, batch };
}

/** How a whole path stands to a baseline of the same run: ratios are what can be compared between machines. */
function compare(when: string, whole: Row, what: string, baseline: Row): string {
  const cpu = ({ figures }: Row): number => (figures.node ?? Number.NaN) + (figures.postgres ?? 0);
  const share = ((whole.figures.rate ?? 0) / (baseline.figures.rate ?? 0)) * 100;
  return `${when} the double opt-in reaches ${share.toFixed(0)} % of the rate of ${what}, at ${(cpu(whole) / cpu(baseline)).toFixed(1)} times its CPU.`;
}

/** The upper bound: what the same statements cost when nobody has to parse, decide or answer. */
async function measureReadyMade(
  database: DatabaseStage,
  batchSize: number,
): Promise<{ row: Row; wrong: string[] }> {
  const recorded = await database.fresh('recorded');
  const batches = await recordBatches(recorded.source, {
    workspace: database.workspace,
    sender: SENDER.address,
    texts: SCRIPT.map(({ says }) => says),
    people: READY_MADE_PEOPLE,
    batchSize,
  });
  const { source } = await database.fresh('ready_made');
  const meter = new Meter(source, { node: process.pid, postgres: database.pid });
  const warmUp = Math.floor(batches.length / 5);
  await replayBatches(source, batches.slice(0, warmUp));
  await source.query('vacuum analyze');
  meter.read('begin');
  const seconds = await replayBatches(source, batches.slice(warmUp));
  meter.read('end');
  const texts = (batches.length - warmUp) * batchSize;
  const [{ count }]: [{ count: number }] = await source.query(
    'select count(*)::float8 as count from inbound',
  );
  return {
    row: {
      name: `  the same SQL with ready-made rows, batches of ${batchSize}`,
      figures: {
        rate: texts / seconds,
        ...costs(await meter.cost(), texts),
        generator: null,
        batch: batchSize,
      },
    },
    wrong:
      count === batches.length * batchSize
        ? []
        : [`ready-made texts stored: ${count} of ${batches.length * batchSize}`],
  };
}

function memoryNote(server: ServerStage, database: DatabaseStage): string {
  const node = memoryOf(server.pid);
  const postgres = memoryOfFamily(database.pid);
  const say = (mebibytes: number | undefined | null): string =>
    mebibytes ? `${Math.round(mebibytes)} MiB` : 'unknown';
  return `Memory: node ${say(node?.now)} (at most ${say(node?.highest)}), postgres ${say(postgres)}.`;
}
