import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { SENDER } from '../support/phone-stage.ts';
import type { Bench, BenchOptions, Column, Report, Row, Verdict } from './bench.ts';
import { checkRows } from './support/check-rows.ts';
import { costColumns, costsEach } from './support/costs.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { load, type LoadResult, quantile } from './support/load.ts';
import { type Cost, Meter } from './support/meter.ts';
import { People } from './support/people.ts';
import { measureReadyMade } from './support/measure-ready-made.ts';
import { memoryOf, memoryOfFamily } from './support/processes.ts';
import { type Profile, profileOf } from './support/profile.ts';
import { rateVerdict } from './support/rate-verdict.ts';
import { type ServerStage, stageServer } from './support/server-stage.ts';
import { figure, microsecondsEach } from './support/words.ts';

/** People text for --warm-up seconds, and so many times again until so many texts have been decided: the compiler goes on that long. */
const WARM_UP = { texts: 40_000, rounds: 4 };
/** Not measured before each part, in seconds: connections open, batches find their size. */
const SETTLE = 1;
/** Up to so many connections it is the time to an answer that counts, from there on the rate. */
const FEW = 32;
/** The bare route may be so many times as fast. */
const ASKED_SHARE = 2;
/** What is asked for, a second. */
const ASKED_RATE = 12_000;
/** Seconds in which instructions are counted after each part, at most. */
const COUNTED = 3;
/** People whose conversation is fed to the database without a server. */
const READY_MADE_PEOPLE = 10_000;

const USUAL = { seconds: 8, connections: [32, 256], contacts: 200_000 };

/** What the command line names. */
const given = ({ seconds, connections, contacts }: BenchOptions) => ({
  ...(seconds !== null && { seconds }),
  ...(connections !== null && { connections }),
  ...(contacts !== null && { contacts }),
});

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MO/s', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  ...costColumns('/MO', { sways: true }),
  { key: 'generator', title: 'generator µs/MO', digits: 1 },
  { key: 'wal', title: 'WAL B/MO', digits: 0 },
  { key: 'batch', title: 'MO/batch', digits: 1 },
];

export const inboundBench: Bench = {
  name: 'inbound',
  summary: 'the double opt-in over HTTP, every reply durable before it is answered; two baselines',
  run: async (options, say) => {
    const profile = profileOf(options.profile);
    const database = await stageDatabase(
      { flows: [doubleOptIn.definition], lists: { news: 'double' } },
      profile.settings,
    );
    try {
      return await measure(database, profile, options, say);
    } finally {
      await database.close();
    }
  },
};

async function measure(
  database: DatabaseStage,
  profile: Profile,
  options: BenchOptions,
  say: (sentence: string) => void,
): Promise<Report> {
  const { seconds, connections: asked, contacts } = { ...USUAL, ...given(options) };
  const most = Math.max(...asked);
  const rows: Row[] = [];
  const notes: string[] = [];
  const pairs: Pair[] = [];
  let pending = 0;
  const { url, source } = await database.fresh('over_http');
  const server = await stageServer(url, Object.fromEntries(SCRIPT.map(({ says, hears }) => [says, hears])), [
    ...options.serverFlags,
    ...profile.flags,
  ]);
  const people = new People(database.workspace.door, SENDER.address, SCRIPT, contacts);
  let wrong: string[];
  try {
    const pids = { node: server.pid, postgres: database.pid };
    const meter = new Meter(source, pids, { server });
    const counter = new Meter(source, pids, { counts: true });
    const part = async (name: string, connections: number, crowd: People): Promise<Row> => {
      say(`${name.trim()} …`);
      const result = await run(server, connections, crowd, meter, SETTLE, seconds);
      // Apart, because counting slows requests down.
      const counted = await run(server, connections, crowd, counter, 0, Math.min(COUNTED, seconds));
      pending += result.pending + counted.pending;
      const { nodeCount, postgresCount } = costsEach(await counter.cost(), counted.answered);
      const row = { name, figures: { ...figuresOf(result, await meter.cost()), nodeCount, postgresCount } };
      rows.push(row);
      return row;
    };
    say('Warming up …');
    for (let round = 0; round < WARM_UP.rounds && people.texts < WARM_UP.texts; round++)
      await run(server, most, people, meter, 0, options.warmUp);
    await source.query('vacuum analyze');
    await profile.begin(source);
    const before = people.texts;
    for (const connections of asked) {
      const parser = new People('/in/parse-only', SENDER.address, SCRIPT, contacts);
      const whole = await part(`double opt-in, ${connections} connections`, connections, people);
      const parsed = await part(
        `  only parsed and answered, ${connections} connections`,
        connections,
        parser,
      );
      pairs.push({ whole, parsed, connections });
    }
    notes.push(...(await profile.statements(source, people.texts - before)));
    notes.push(memoryNote(server, database));
    wrong = await checkRows(source, { texts: people.texts, people: people.spoken, script: SCRIPT });
    notes.push(
      `${people.texts.toLocaleString('en')} texts of ${people.spoken.toLocaleString('en')} people checked: stored and decided once, replies, runs, consents, trail. ${pending.toLocaleString('en')} of them were acknowledged first and decided later.`,
    );
  } finally {
    await server.close();
  }
  notes.push(...profile.functions());
  say('The same SQL with ready-made rows …');
  const baseline = await measureReadyMade(database, {
    people: READY_MADE_PEOPLE,
    batchSize: Math.ceil(most / 2),
    sent: true,
  });
  const last = rows.at(-2);
  const verdicts = pairs.flatMap((pair) => verdictsOf(pair, baseline.row));
  if (last)
    verdicts.push({
      what: `  its CPU in PostgreSQL beside the same SQL with ready-made rows, ${most} connections`,
      asked: 'at most 1.6 ×',
      measured: `${figure(last.figures.postgres)} and ${figure(baseline.row.figures.postgres)} µs/MO`,
      ratio: { value: (last.figures.postgres ?? 0) / (baseline.row.figures.postgres ?? 1), better: 'less' },
      met: (last.figures.postgres ?? 0) <= 1.6 * (baseline.row.figures.postgres ?? 0),
    });
  rows.push(baseline.row);
  return {
    title: 'Inbound: from the door to the answer',
    columns: COLUMNS,
    rows,
    verdicts,
    notes,
    wrong: [...wrong, ...baseline.wrong],
  };
}

/** The double opt-in and the bare route with so many connections. */
interface Pair {
  whole: Row;
  parsed: Row;
  connections: number;
}

function verdictsOf(pair: Pair, readyMade: Row): Verdict[] {
  const { whole, parsed, connections } = pair;
  const isFew = connections <= FEW;
  return [
    isFew ? fewVerdict(pair) : httpVerdict(pair, readyMade),
    p99Verdict(pair),
    {
      what: `  its CPU beside the bare route's, ${connections} connections`,
      asked: 'less is better',
      measured: `${figure(cpuOf(whole))} and ${figure(cpuOf(parsed))} µs/MO`,
      ratio: { value: cpuOf(whole) / cpuOf(parsed), better: 'less' },
      met: null,
    },
    ...(isFew ? [] : [besideVerdict(pair, readyMade)]),
  ];
}

/**
 * A text takes what the bare route takes and what its SQL takes, both of which use all processors while they are measured alone: one
 * after the other they reach no more than so much, however little time deciding takes.
 */
function partsOf({ parsed }: Pair, readyMade: Row): { bare: number; parts: number; name: string } {
  const bare = parsed.figures.rate ?? Number.NaN;
  const sql = readyMade.figures.rate ?? Number.NaN;
  const parts = (bare * sql) / (bare + sql);
  const name = `a route that only parses and answers (${figure(bare)}) and the same SQL with ready-made rows (${figure(sql)}), one after the other,`;
  return { bare, parts, name };
}

function httpVerdict(pair: Pair, readyMade: Row): Verdict {
  const { parts, name } = partsOf(pair, readyMade);
  return rateVerdict({
    what: `Double opt-in over HTTP, durable, ${pair.connections} connections`,
    asked: ASKED_RATE,
    aim: 'aim 20,000',
    measured: pair.whole.figures.rate ?? 0,
    unit: 'MO',
    baseline: { name: `${name} reach`, rate: parts },
  });
}

/** So few connections leave the server waiting: only how long each waits is asked. */
function fewVerdict({ whole, connections }: Pair): Verdict {
  return {
    what: `Double opt-in over HTTP, durable, ${connections} connections`,
    asked: 'more is better',
    measured: `${figure(whole.figures.rate)} MO/s`,
    ratio: null,
    met: null,
  };
}

/** Where the parts alone are slower than what was asked, deciding for nothing would be as well. */
function besideVerdict(pair: Pair, readyMade: Row): Verdict {
  const rate = pair.whole.figures.rate ?? Number.NaN;
  const { bare, parts, name } = partsOf(pair, readyMade);
  const canBe = parts * ASKED_SHARE >= bare;
  const isMet = rate * ASKED_SHARE >= bare;
  const why = isMet || canBe ? '' : `; not measurable here, because ${name} reach ${figure(parts)}`;
  return {
    what: `  beside that route, ${pair.connections} connections`,
    asked: 'at least half, aim 67 %',
    measured: `${figure(rate)} of ${figure(bare)} MO/s${why}`,
    ratio: { value: rate / bare, better: 'more' },
    met: isMet ? true : canBe ? false : null,
  };
}

/**
 * Connections that text as soon as they are answered wait, in the mean, for as long as all of them take at the rate there is. Where that
 * alone is most of what was asked, only how far the slow ones are from the mean tells something: at the rate that was asked for, the
 * p99 may be so many times the mean.
 */
function p99Verdict({ whole: { figures }, connections }: Pair): Verdict {
  const rate = figures.rate ?? Number.NaN;
  const p99 = figures.p99 ?? Number.NaN;
  const limit = connections <= FEW ? 25 : 60;
  const meanAt = (perSecond: number): number => (1_000 * connections) / perSecond;
  const mean = meanAt(rate);
  const most = limit / meanAt(ASKED_RATE);
  const canBe = mean * 2 <= limit;
  const why = `not measurable here, because so many connections wait ${figure(mean)} ms in the mean; at ${figure(ASKED_RATE)} MO/s ${limit} ms would be ${figure(most)} × the mean`;
  return {
    what: `  its p99, ${connections} connections, beside the mean`,
    asked: `under ${limit} ms`,
    measured: `${figure(p99)} ms${p99 < limit || canBe ? '' : `; ${why}`}`,
    ratio: { value: p99 / mean, better: 'less' },
    met: p99 < limit ? true : canBe ? false : null,
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

const costs = (cost: Cost, texts: number): Row['figures'] => ({
  ...costsEach(cost, texts),
  generator: microsecondsEach(cost.generator, texts),
  wal: cost.wal / texts,
  batch: cost.batch,
});

const cpuOf = ({ figures }: Row): number => (figures.node ?? Number.NaN) + (figures.postgres ?? 0);

function memoryNote(server: ServerStage, database: DatabaseStage): string {
  const node = memoryOf(server.pid);
  const postgres = memoryOfFamily(database.pid);
  const say = (mebibytes: number | undefined | null): string =>
    mebibytes ? `${Math.round(mebibytes)} MiB` : 'unknown';
  return `Memory: node ${say(node?.now)} (at most ${say(node?.highest)}), postgres ${say(postgres)}.`;
}
