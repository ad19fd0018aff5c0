import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { SENDER } from '../support/phone-stage.ts';
import type { Bench, Column, Report, Row } from './bench.ts';
import { type DatabaseStage, stageDatabase } from './support/database-stage.ts';
import { doubleOptIn, SCRIPT } from './support/double-opt-in.ts';
import { type Ask, quantile } from './support/load.ts';
import { askOneByOne } from './support/one-by-one.ts';
import { phoneOf } from './support/phones.ts';
import { feed, recordBatches } from './support/ready-made-rows.ts';
import { stageServer } from './support/server-stage.ts';
import { requestOf } from './support/wire.ts';
import { figure } from './support/words.ts';
import { untilWorkedOff } from './support/worked-off.ts';

/** Texts a second: each finds the server with nothing to do. */
const RATE = 20;
const LIMIT_MS = 3;
/** Said before, by so many at once: a server that has run for a while has compiled what it does often. */
const WARM_UP = 12_000;
const WARM_UP_TALKERS = 16;
const WARM_UP_RATE = 1_000;

/** Replayed before, so that the plans are kept and the pages there. */
const SQL_WARM_UP = 2_000;

const COLUMNS: readonly Column[] = [
  { key: 'p50', title: 'p50 ms', digits: 2 },
  { key: 'p90', title: 'p90 ms', digits: 2 },
];

export const idleBench: Bench = {
  name: 'idle',
  summary: 'one text at a time on a server that has nothing else to do',
  run: async ({ seconds, serverFlags }, say) => {
    const database = await stageDatabase({ flows: [doubleOptIn.definition], lists: { news: 'double' } });
    try {
      return await measure(database, seconds ?? 10, serverFlags, say);
    } finally {
      await database.close();
    }
  },
};

async function measure(
  database: DatabaseStage,
  seconds: number,
  flags: readonly string[],
  say: (sentence: string) => void,
): Promise<Report> {
  const { url, source } = await database.fresh('idle');
  const replies = Object.fromEntries(SCRIPT.slice(0, 1).map(({ says, hears }) => [says, hears]));
  const server = await stageServer(url, replies, flags);
  const ask = async (
    door: string,
    first: number,
    texts: number,
    perSecond: number,
  ): Promise<Row['figures']> => {
    const latencies = await askOneByOne(server, asksOf(door, first, texts), perSecond);
    return { p50: quantile(latencies, 0.5), p90: quantile(latencies, 0.9) };
  };
  const warmUp = async (door: string): Promise<void> => {
    const each = WARM_UP / WARM_UP_TALKERS;
    await Promise.all(
      Array.from({ length: WARM_UP_TALKERS }, (_, n) => ask(door, n * each, each, WARM_UP_RATE)),
    );
  };
  try {
    say('Warming up …');
    await warmUp(database.workspace.door);
    await warmUp('/in/parse-only');
    await untilWorkedOff(source);
    say('One text at a time …');
    const whole = await ask(database.workspace.door, WARM_UP, RATE * seconds, RATE);
    const bare = await ask('/in/parse-only', WARM_UP, RATE * seconds, RATE);
    const commit = await commits(source, RATE * 5);
    await server.close();
    say('The same SQL with ready-made rows …');
    const readyMade = await onlySql(database, RATE * seconds);
    const texts = WARM_UP + RATE * seconds;
    const parts = (bare.p50 ?? 0) + (readyMade.p50 ?? 0);
    return {
      title: 'Idle: one text at a time',
      columns: COLUMNS,
      rows: [
        { name: 'decided and answered', figures: whole },
        { name: '  only parsed and answered', figures: bare },
        { name: '  the same SQL with ready-made rows', figures: readyMade },
        { name: '  one row committed to this disk', figures: commit },
      ],
      verdicts: [
        {
          what: 'One MO on an idle server',
          asked: `answered within ${LIMIT_MS} ms at the median`,
          measured: `${figure(whole.p50)} ms; ${canBe(parts) ? '' : 'not measurable here, because '}the bare route and the same SQL with ready-made rows take ${figure(bare.p50)} and ${figure(readyMade.p50)} ms of them, and a commit to this disk ${figure(commit.p50)}`,
          ratio: { value: (whole.p50 ?? 0) / parts, better: 'less' },
          met: canBe(whole.p50 ?? 0) ? true : canBe(parts) ? false : null,
        },
      ],
      notes: [`At most ${RATE} texts a second, each by somebody new; from writing to answer.`],
      wrong: await check(source, texts),
    };
  } finally {
    await server.close();
  }
}

const canBe = (milliseconds: number): boolean => milliseconds < LIMIT_MS;

/** What its statements take one after the other when nobody has to parse, decide or answer. */
async function onlySql(database: DatabaseStage, times: number): Promise<Row['figures']> {
  const { says } = SCRIPT[0] as (typeof SCRIPT)[number];
  const recorded = await database.fresh('idle_recorded');
  const batches = await recordBatches(recorded.source, {
    workspace: database.workspace,
    sender: SENDER.address,
    texts: [says],
    people: SQL_WARM_UP + times,
    batchSize: 1,
  });
  const { source } = await database.fresh('idle_ready_made');
  await feed(source, batches.slice(0, SQL_WARM_UP));
  const spent = await feed(source, batches.slice(SQL_WARM_UP), () => sleep(1_000 / RATE));
  const sorted = Float64Array.from(spent).sort();
  return { p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

/** The first line of the conversation, each time by somebody new. */
function* asksOf(door: string, first: number, texts: number): Generator<Ask> {
  const [line] = SCRIPT;
  if (!line) throw new Error('The conversation has no lines.');
  for (let n = first; n < first + texts; n++) {
    const text = { from: phoneOf(n), to: SENDER.address, text: line.says, id: `idle-${n}` };
    const replies = JSON.stringify([{ to: text.from, from: SENDER.address, text: line.hears }]);
    yield { request: requestOf(door, text), replies };
  }
}

/** What the disk alone takes. */
async function commits(source: DataSource, times: number): Promise<Row['figures']> {
  await source.query('create table bare (at timestamptz)');
  const spent: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await source.query('insert into bare values (now())');
    spent.push(performance.now() - began);
  }
  const sorted = Float64Array.from(spent).sort();
  return { p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}

async function check(source: DataSource, texts: number): Promise<string[]> {
  const [found]: { decided: number; replies: number }[] = await source.query(
    `select (select count(*) from inbound where status = 'decided')::float8 as decided,
       (select count(distinct cause_id) from outbound)::float8 as replies`,
  );
  return found?.decided === texts && found.replies === texts
    ? []
    : [`${found?.decided} texts decided and ${found?.replies} answered, ${texts} acknowledged.`];
}
