import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { BATCH_SIZE } from '#server/inbound/lanes.ts';
import { SENDER } from '../support/phone-stage.ts';
import { type Bench, type BenchOptions, type Column, type Report, type Row, sizeOf } from './bench.ts';
import { answersOf } from './support/answers-of.ts';
import { arm, FEW } from './support/arm.ts';
import { clonePeople } from './support/clone-people.ts';
import { costColumns, costsEach } from './support/costs.ts';
import { countRows } from './support/count-rows.ts';
import { startCrowd } from './support/crowd-process.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { ShiftedClock, stageDeciding } from './support/decide-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { quantile } from './support/load.ts';
import { measureReadyMade } from './support/measure-ready-made.ts';
import { Meter } from './support/meter.ts';
import { rateVerdict } from './support/rate-verdict.ts';
import { stageServer } from './support/server-stage.ts';
import { WARM_UP, warmUp } from './support/warm-up.ts';
import { figure } from './support/words.ts';
import { untilWorkedOff } from './support/worked-off.ts';

const [JOIN = ''] = SCRIPT.map(({ says }) => says);
/** Texts a second that come while wake-ups fire, as on a quiet day. */
const RATE = 200;
const CONNECTIONS = 64;
/** How long people text while nothing is due, and in which pieces they go on until everything has fired. */
const QUIET_SECONDS = 10;
const PIECE_SECONDS = 2;
const ASKED_RATE = 20_000;
const SLOWER = 2;
/** Whose conversation is fed to the database without being decided. */
const READY_MADE_PEOPLE = 20_000;
/** People who text before that, and how many a second; wake-ups that are due an hour earlier, at most. */
const BEFORE = 10_000;
const BEFORE_RATE = 1_000;
const FIRED_BEFORE = 20_000;
const HOUR_MS = 3_600_000;
/** How often it is looked whether all have fired, at most, in milliseconds. */
const LOOK_MS = 100;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'per second', digits: 0 },
  { key: 'p50', title: 'p50 ms', digits: 1 },
  { key: 'p99', title: 'p99 ms', digits: 1 },
  ...costColumns(' each', { sways: true }),
];

export const wakeupsBench: Bench = {
  name: 'wakeups',
  summary: 'wake-ups all due at once while people text over HTTP; a million with --full',
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
  { contacts, full, serverFlags }: BenchOptions,
  say: (sentence: string) => void,
): Promise<Report> {
  const due = sizeOf(contacts, full, { usual: 60_000, full: 1_000_000 });
  const wrong: string[] = [];
  say(`${figure(due)} wake-ups, all due at once …`);
  const storm = await fire(database, due, serverFlags, wrong, say);
  say('The batch function alone …');
  await warmUp(database, Math.min(WARM_UP, due));
  const alone = await arm(database, FEW, wrong);
  say('The same SQL with ready-made rows …');
  const readyMade = await measureReadyMade(database, {
    people: READY_MADE_PEOPLE,
    batchSize: BATCH_SIZE,
    sent: false,
  });
  wrong.push(...readyMade.wrong);
  const [quiet, counting, busy] = [p99(storm.quiet), p99(storm.counting), p99(storm.busy)];
  const isMet = busy <= SLOWER * quiet;
  return {
    title: 'Wake-ups: many at once',
    columns: COLUMNS,
    rows: [storm.fired, storm.quiet, storm.counting, storm.busy, alone, readyMade.row],
    verdicts: [
      rateVerdict({
        what: `${figure(due)} wake-ups due at once, fired while ${RATE} MO/s come over HTTP`,
        asked: ASKED_RATE,
        measured: storm.fired.figures.rate ?? 0,
        unit: 'wake-ups',
        baseline: {
          name: 'the SQL of a text with ready-made rows reaches',
          rate: readyMade.row.figures.rate ?? 0,
        },
      }),
      {
        what: '  beside texts decided by the batch function alone',
        asked: 'more is better',
        measured: `${figure(storm.fired.figures.rate)} and ${figure(alone.figures.rate)} a second`,
        ratio: { value: (storm.fired.figures.rate ?? 0) / (alone.figures.rate ?? 1), better: 'more' },
        met: null,
      },
      {
        what: '  p99 of those MOs beside the same without wake-ups',
        asked: `at most ${SLOWER} ×`,
        measured: `${figure(busy)} and ${figure(quiet)} ms${isMet || counting <= SLOWER * quiet ? '' : `; not measurable here, because one process that only counts beside them makes it ${figure(counting)}`}`,
        ratio: { value: busy / quiet, better: 'less' },
        met: isMet ? true : counting <= SLOWER * quiet ? false : null,
      },
    ],
    notes: ['Every wake-up ended its run, once; every text was decided and answered once.'],
    wrong,
  };
}

/** Has people text a server while nothing is due, then while the time of all wake-ups has come. */
async function fire(
  database: DatabaseStage,
  due: number,
  flags: readonly string[],
  wrong: string[],
  say: (sentence: string) => void,
): Promise<{ fired: Row; quiet: Row; counting: Row; busy: Row }> {
  const { url, source } = await database.fresh('fire');
  const stage = await stageDeciding(url, database.workspace, new ShiftedClock());
  await stage.say([0], JOIN, 'decided');
  await stage.close();
  // Hours before those of the people who text meanwhile, whose time would come during the storm.
  await source.query(`update runs set wake_at = wake_at - interval '2 hours'`);
  await clonePeople(source, { from: 1, to: due }, say);
  const [{ at }]: [{ at: number }] = await source.query(
    'select (extract(epoch from max(wake_at)) * 1000)::float8 as at from runs',
  );
  const before = Math.min(FIRED_BEFORE, Math.ceil(due / 10));
  await source.query(
    `update runs set wake_at = wake_at - interval '1 hour' where id in (select id from runs order by id desc limit $1)`,
    [before],
  );
  const server = await stageServer(url, {}, flags);
  const crowd = await startCrowd({
    host: server.host,
    port: server.port,
    door: database.workspace.door,
    sender: SENDER.address,
    connections: CONNECTIONS,
  });
  let texts = 0;
  const talk = async (seconds: number, rate = RATE): Promise<Float32Array> => {
    const offered = await crowd.offer({
      rate,
      seconds,
      first: texts,
      firstPerson: due,
      people: texts + Math.round(rate * seconds),
      script: SCRIPT.slice(0, 1),
    });
    const { decided, pending, refused, lost, latencies } = answersOf(offered);
    texts += decided + pending;
    if (refused + lost > 0)
      wrong.push(`${refused} texts were refused and ${lost} never answered beside wake-ups.`);
    return latencies;
  };
  try {
    say('  warming up …');
    await talk(Math.min(BEFORE, due) / BEFORE_RATE, BEFORE_RATE);
    server.shiftClock(at - HOUR_MS + 1_000 - Date.now());
    await untilFired(source, at - HOUR_MS);
    await untilWorkedOff(source);
    await source.query('vacuum analyze');
    const quiet = await talk(QUIET_SECONDS);
    const counting = await besideCounting(() => talk(QUIET_SECONDS));
    await untilWorkedOff(source);
    const meter = new Meter(source, { node: server.pid, postgres: database.pid }, { counts: true });
    await meter.read('begin');
    const began = performance.now();
    server.shiftClock(at + 1_000 - Date.now());
    let firedAfter: number | null = null;
    const firing = untilFired(source, at).then(() => {
      firedAfter = performance.now() - began;
      void meter.read('end');
    });
    const busy: number[] = [];
    while (firedAfter === null) busy.push(...(await talk(PIECE_SECONDS)));
    await firing;
    // Nobody texts any more, and the server closes connections that nobody uses.
    crowd.close();
    const seconds = firedAfter / 1_000;
    await untilWorkedOff(source);
    const cost = await meter.cost();
    wrong.push(...(await checkFired(source, due, texts)));
    const rest = due - before;
    return {
      fired: {
        name: `${figure(due)} wake-ups due at once`,
        figures: { rate: rest / seconds, ...costsEach(cost, rest) },
      },
      quiet: rowOf('  texts while nothing is due', quiet),
      counting: rowOf('  the same beside a process that only counts', counting),
      busy: rowOf('  texts while wake-ups fire', Float32Array.from(busy).sort()),
    };
  } finally {
    crowd.close();
    await server.close();
    await database.drop('fire');
  }
}

/** The same while another process keeps one processor busy with nothing: what is slower then is the machine's doing. */
async function besideCounting<Result>(act: () => Promise<Result>): Promise<Result> {
  const counter = spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' });
  try {
    return await act();
  } finally {
    counter.kill('SIGKILL');
  }
}

const p99 = ({ figures }: Row): number => figures.p99 ?? Number.NaN;

const rowOf = (name: string, latencies: Float32Array): Row => ({
  name,
  figures: { rate: RATE, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
});

/** Resolves when no run waits any more whose time was then. */
async function untilFired(source: DataSource, at: number): Promise<void> {
  for (;;) {
    const asked = performance.now();
    const waiting: unknown[] = await source.query(
      'select 1 from runs where wake_at <= to_timestamp($1::float8 / 1000) + interval $$1 ms$$ limit 1',
      [at],
    );
    if (waiting.length === 0) return;
    // Each look steps over those that have fired.
    await sleep(Math.max(LOOK_MS, 10 * (performance.now() - asked)));
  }
}

/** The copied runs began when the first did: each must have ended, after its one answer and its one wake-up. */
async function checkFired(source: DataSource, due: number, texts: number): Promise<string[]> {
  // The tables were counted last when everybody waited: a plan from then compares each with each.
  await source.query('analyze');
  return await countRows(
    source,
    `${figure(due)} wake-ups`,
    { 'runs that ended': due, 'times they moved': 2 * due, 'texts answered': texts },
    `
    with first as (select workspace_id, id, status from runs where started_at = (select min(started_at) from runs))
    select (select count(*) from first where status = 'ended')::float8 as "runs that ended",
      (select count(*) from trail t join first f on f.workspace_id = t.workspace_id and f.id = t.run_id)::float8 as "times they moved",
      (select count(distinct i.id) from inbound i join outbound o on o.workspace_id = i.workspace_id and o.cause_id = i.id
       where i.status = 'decided' and i.gateway_message_id like 'crowd-%')::float8 as "texts answered"`,
  );
}
