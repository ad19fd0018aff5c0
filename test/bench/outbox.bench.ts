import { setMaxListeners } from 'node:events';
import { register } from 'prom-client';
import type { DataSource } from 'typeorm';
import { SystemClock } from '#server/common/clock.ts';
import { post } from '#server/gateways/http/post.ts';
import { type HotPath, openHotPath } from '../db/support/hot-path.ts';
import type { TestWorkspace } from '../support/workspace.ts';
import type { Bench, BenchOptions, Column, Report, Row } from './bench.ts';
import { stageDatabase } from './support/database-stage.ts';
import { type FarEndProcess, startFarEnd } from './support/far-end-process.ts';
import { type Cost, Meter } from './support/meter.ts';
import { rateVerdict } from './support/rate-verdict.ts';
import { figure } from './support/words.ts';

const ASKED_RATE = 20_000;
/** Texts queued for each measured second; more than any machine of today drains. */
const TEXTS_A_SECOND = 4_000;
/** As many requests at once as the HTTP gateway allows itself. */
const AT_ONCE = 200;

const COLUMNS: readonly Column[] = [
  { key: 'rate', title: 'MT/s', digits: 0 },
  { key: 'node', title: 'node µs/MT', digits: 1, cost: true },
  { key: 'postgres', title: 'postgres µs/MT', digits: 1, cost: true },
  { key: 'wal', title: 'WAL B/MT', digits: 0 },
];

export const outboxBench: Bench = {
  name: 'outbox',
  summary:
    'queued texts claimed, sent to a far end on this machine and marked; the bare HTTP client beside it',
  run: async (options, say) => {
    const farEnd = await startFarEnd();
    const database = await stageDatabase({ gateway: { kind: 'http', config: { sendUrl: farEnd.url } } });
    try {
      const { url, source } = await database.fresh('outbox');
      const { workspace } = database;
      const meter = new Meter(source, { node: process.pid, postgres: database.pid });
      const path = await openHotPath(url, workspace, new SystemClock());
      try {
        return await measure({ path, source, workspace, farEnd, meter }, options, say);
      } finally {
        await path.close();
      }
    } finally {
      farEnd.close();
      await database.close();
    }
  },
};

interface Stage {
  path: HotPath;
  source: DataSource;
  workspace: TestWorkspace;
  farEnd: FarEndProcess;
  meter: Meter;
}

async function measure(
  stage: Stage,
  options: BenchOptions,
  say: (sentence: string) => void,
): Promise<Report> {
  const texts = Math.round((options.seconds ?? 8) * TEXTS_A_SECOND);
  const wrong: string[] = [];
  const part = async (name: string, act: () => Promise<void>): Promise<Row> => {
    say(`${name} …`);
    return await timed(name, texts, stage.meter, act);
  };
  const drainAll = async (kind: string): Promise<void> => {
    await drain(stage, texts);
    await check(stage, texts, kind, wrong);
  };

  say('Warming up …');
  await queueTexts(stage, texts);
  await bare(stage.farEnd, texts);
  await drain(stage, texts);
  await stage.farEnd.count();

  await queueTexts(stage, texts);
  const sent = await part('claimed, sent and marked', () => drain(stage, texts));
  await check(stage, texts, 'http', wrong);
  const client = await part('only sent, by the same HTTP client', () => bare(stage.farEnd, texts));
  await stage.farEnd.count();
  await stage.source.query(`update gateways set kind = 'simulated' where id = $1`, [
    stage.workspace.gatewayId,
  ]);
  await queueTexts(stage, texts);
  const marked = await part('only claimed and marked, to a carrier in the same process', () =>
    drainAll('simulated'),
  );
  return {
    title: `Outbox: ${texts.toLocaleString('en')} texts to as many people, ${AT_ONCE} on their way at once`,
    columns: COLUMNS,
    rows: [sent, client, marked],
    verdicts: [
      rateVerdict({
        what: 'Outbox: texts claimed, sent to a far end on this machine and marked',
        asked: ASKED_RATE,
        measured: sent.figures.rate ?? 0,
        unit: 'MT',
        baseline: {
          name: 'what sends only and what claims and marks only take all processors, and one after the other reach',
          rate: inTurn(client, marked),
        },
      }),
      {
        what: '  beside the same HTTP client that only sends',
        asked: 'more is better',
        measured: `${figure(sent.figures.rate)} and ${figure(client.figures.rate)} MT/s`,
        ratio: { value: (sent.figures.rate ?? 0) / (client.figures.rate ?? 1), better: 'more' },
        met: null,
      },
      {
        what: '  to a carrier in the same process',
        asked: `${figure(ASKED_RATE)} MT/s`,
        measured: `${figure(marked.figures.rate)} MT/s`,
        ratio: null,
        met: (marked.figures.rate ?? 0) >= ASKED_RATE,
      },
    ],
    notes: [
      `Sending with claim and mark reaches ${share(sent, client)} of the rate of the bare HTTP client, whose far end shares the cores; in node it costs ${(
        (sent.figures.node ?? 0) / (client.figures.node ?? 1)
      ).toFixed(2)} × as much CPU.`,
      'Every text reached the far end once, every row is marked, and every id the far end gave is known.',
    ],
    wrong,
  };
}

/** What a machine reaches that does one thing, then the other, with all it has. */
const inTurn = (...rows: readonly Row[]): number =>
  1 / rows.reduce((seconds, { figures }) => seconds + 1 / (figures.rate ?? Number.NaN), 0);

const share = (one: Row, other: Row): string =>
  `${Math.round((100 * (one.figures.rate ?? 0)) / (other.figures.rate ?? 1))} %`;

async function timed(name: string, texts: number, meter: Meter, act: () => Promise<void>): Promise<Row> {
  meter.read('begin');
  const began = performance.now();
  await act();
  const seconds = (performance.now() - began) / 1_000;
  meter.read('end');
  const cost: Cost = await meter.cost();
  const each = (total: number | null) => (total === null ? null : (total * 1e6) / texts);
  return {
    name,
    figures: {
      rate: texts / seconds,
      node: each(cost.node),
      postgres: each(cost.postgres),
      wal: cost.wal / texts,
    },
  };
}

/** Puts texts into an empty queue, one to each of so many people. */
async function queueTexts({ source, workspace }: Stage, texts: number): Promise<void> {
  await source.query('truncate outbox, outbound, contacts, carrier_ids');
  const { id, gatewayId, senderId } = workspace;
  await source.query(
    `insert into contacts (workspace_id, id, phone, created_at)
     select $1, ('01980000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '+1' || (2000000001 + 10 * n), now()
     from generate_series(1, $2::int) n`,
    [id, texts],
  );
  await source.query(
    `insert into outbound (workspace_id, id, contact_id, gateway_id, sender_id, text, segments, purpose, status, created_at)
     select workspace_id, id, id, $2, $3, 'You are in! Reply STOP to opt out.', 1, 'reply', 'queued', now() from contacts where workspace_id = $1`,
    [id, gatewayId, senderId],
  );
  await source.query(
    `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, due_at)
     select workspace_id, id, id, $2, $3, now() from contacts where workspace_id = $1`,
    [id, gatewayId, senderId],
  );
  await source.query('vacuum analyze');
}

async function drain({ path, source }: Stage, texts: number): Promise<void> {
  const before = await sends();
  const empty = async (): Promise<boolean> => {
    const rows: unknown[] = await source.query('select 1 from outbox limit 1');
    return rows.length === 0;
  };
  path.outbox.nudge();
  // The database is asked only at the end: the look steps over everything that has gone since the queue was full.
  while ((await sends()) - before < texts || !(await empty())) {
    path.outbox.nudge();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How many sends have ended in this process, however they did. */
async function sends(): Promise<number> {
  const counted = await register.getSingleMetric('textloom_sends_total')?.get();
  return counted?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
}

/** The same bodies through the same client, as many at once. */
async function bare({ url }: FarEndProcess, texts: number): Promise<void> {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  let next = 0;
  const worker = async () => {
    while (next < texts) {
      const id = `01980000-0000-7000-8000-${String(next++).padStart(12, '0')}`;
      const body = JSON.stringify({
        id,
        to: '+12025550123',
        from: '12345',
        text: 'You are in! Reply STOP to opt out.',
      });
      const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': '0' };
      await post(url, body, headers, { timeoutMs: 10_000, signal });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function check({ source, farEnd }: Stage, texts: number, kind: string, wrong: string[]): Promise<void> {
  const [row] = await source.query(
    `select (select count(*) from outbound where status = $1)::int as marked, (select count(*) from carrier_ids)::int as known`,
    [kind === 'http' ? 'sent' : 'delivered'],
  );
  const { received, different } = await farEnd.count();
  const expected = kind === 'http' ? texts : 0;
  if (row.marked !== texts) wrong.push(`${row.marked} of ${texts} texts are marked.`);
  if (received !== expected || different !== expected)
    wrong.push(`The far end got ${received} texts, ${different} of them different, instead of ${expected}.`);
  if (row.known !== expected) wrong.push(`${row.known} of ${expected} ids are known.`);
}
