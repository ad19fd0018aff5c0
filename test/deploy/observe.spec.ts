import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { register } from 'prom-client';
import { parse } from 'yaml';
import { z } from 'zod';
import { TEXT_ARGS } from '#server/database/embedded/cluster.ts';
import { FarEnd } from '../db/support/far-end.ts';
import { SENDER } from '../support/phone-stage.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const alertsSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.object({
  title: z.literal('Textloom'),
  panels: z.array(
    z.object({
      id: z.number(),
      type: z.string(),
      title: z.string().min(1),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string().optional() })).optional(),
      gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
    }),
  ),
});

const trialsSchema = z.object({
  tests: z.array(
    z.object({
      input_series: z.array(z.object({ series: z.string() })),
      alert_rule_test: z.array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })),
    }),
  ),
});

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      profiles: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

const alerts = alertsSchema
  .parse(parse(read('deploy/prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);
const { panels } = dashboardSchema.parse(JSON.parse(read('deploy/grafana/textloom.json')));
const compose = composeSchema.parse(parse(read('docker-compose.yml')));

let server: TestServer;
/** What /metrics tells: name and kind of each figure. */
let told: Map<string, string>;
/** Name and upper bound of each bucket of a histogram. */
let bounds: string[];

beforeAll(async () => {
  server = await startTestServer();
  const text = await (await fetch(`${server.url}/metrics`)).text();
  told = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => [name, kind]),
  );
  bounds = [...text.matchAll(/^(\w+)_bucket\{le="([\d.]+)"\}/gm)].map(
    ([, name = '', le = '']) => `${name} ${le}`,
  );
});
afterAll(() => server.close());

/** The figures an expression asks for; what Prometheus makes of a histogram stands for the histogram. */
function asked(expr: string): string[] {
  const names = expr.match(/\b(?:textloom|nodejs|process)_[a-z0-9_]+/g) ?? [];
  return names.map((name) => {
    const histogram = name.replace(/_(bucket|sum|count)$/, '');
    return told.get(histogram) === 'histogram' ? histogram : name;
  });
}

const LABELS = {
  names: /\{([^}]*)\}/g,
  by: /\bby \(([^)]*)\)/g,
  drawn: /\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g,
};
/** What Prometheus itself puts on everything it scrapes, and on histograms. */
const OWN_LABELS = ['job', 'instance', 'le'];

/** The labels that an expression, or the words beside it, take from its figures and that none of them has. */
function missingLabels(expr: string, words: string): string[] {
  const has = asked(expr).flatMap((name) => {
    const metric = register.getSingleMetric(name) ?? {};
    return 'labelNames' in metric ? (metric.labelNames as string[]) : [];
  });
  const wanted = [
    ...[...expr.matchAll(LABELS.names)].flatMap(([, inside = '']) => inside.match(/\w+(?==)/g) ?? []),
    ...[...expr.matchAll(LABELS.by)].flatMap(([, inside = '']) => inside.match(/\w+/g) ?? []),
    ...[...words.matchAll(LABELS.drawn)].flatMap(([, name = '']) => name),
  ];
  return wanted.filter((label) => !OWN_LABELS.includes(label) && !has.includes(label));
}

describe('what watches the nodes', () => {
  test('alerts on figures that are told, and says what to do', () => {
    const operations = read('docs/operations.md');
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, expr, annotations } of alerts) {
      expect([alert, asked(expr).filter((name) => !told.has(name))]).toEqual([alert, []]);
      expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
      expect(operations).toContain(`### ${alert}\n`);
    }
  });

  test('draws figures that are told', () => {
    const drawn = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => asked(expr)));
    expect(drawn.length).toBeGreaterThan(20);
    expect(drawn.filter((name) => !told.has(name))).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('leaves no figure out that is told', () => {
    const drawn = new Set(panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => asked(expr))));
    const ours = [...told.keys()].filter((name) => name.startsWith('textloom_'));
    expect(ours.length).toBeGreaterThan(25);
    expect(ours.filter((name) => !drawn.has(name))).toEqual([]);
  });

  test('has every alert tried, by promtool where there is one', () => {
    const tried = trialsSchema.parse(parse(read('deploy/prometheus/alerts.test.yml'))).tests;
    const fired = tried.flatMap(({ alert_rule_test }) =>
      alert_rule_test.flatMap(({ alertname, exp_alerts }) => (exp_alerts.length > 0 ? [alertname] : [])),
    );
    expect([...new Set(fired)].sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  test('asks of histograms for bounds that they have', () => {
    const tried = trialsSchema.parse(parse(read('deploy/prometheus/alerts.test.yml'))).tests;
    const series = tried.flatMap(({ input_series }) => input_series.map((one) => one.series));
    for (const one of series) {
      const [, name = '', le] = /^(\w+)_bucket\{le="([\d.]+)"\}/.exec(one) ?? [];
      if (le !== undefined) expect([one, bounds]).toEqual([one, expect.arrayContaining([`${name} ${le}`])]);
    }
  });

  test('asks for labels that these figures have', () => {
    for (const { alert, expr, annotations } of alerts)
      expect([alert, missingLabels(expr, annotations.summary)]).toEqual([alert, []]);
    for (const { title, targets = [] } of panels)
      for (const { expr, legendFormat = '' } of targets)
        expect([title, expr, missingLabels(expr, legendFormat)]).toEqual([title, expr, []]);
    expect(missingLabels('sum by (carrier) (textloom_sends_total{outcom="sent"})', '{{gateways}}')).toEqual([
      'outcom',
      'carrier',
      'gateways',
    ]);
  });

  test('names figures as Prometheus wants them: counters end in _total, times are in seconds', () => {
    for (const [name, kind] of told) {
      if (!name.startsWith('textloom_')) continue;
      expect([name, kind === 'counter']).toEqual([name, name.endsWith('_total')]);
      expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes)(_|$)/);
    }
  });

  test('the compose file brings what its profile names', () => {
    const observe = Object.entries(compose.services).filter(([, { profiles }]) =>
      profiles?.includes('observe'),
    );
    expect(observe.map(([name]) => name).sort()).toEqual(['grafana', 'prometheus']);
    for (const [, { volumes = [] }] of observe) {
      for (const path of volumes.filter((volume) => volume.startsWith('./')))
        expect(() => read(`${path.split(':')[0]?.slice(2)}`)).not.toThrow(/ENOENT/);
    }
  });
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
(hasPromtool ? test : test.skip)('the rules announce what they should, by Prometheus itself', () => {
  const folder = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));
  for (const args of [
    ['check', 'rules', 'alerts.yml'],
    ['test', 'rules', 'alerts.test.yml'],
  ]) {
    const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: folder, encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS')]);
  }
});

test('the compose file makes a database as the embedded one is made', () => {
  expect(String(compose.services.db?.environment?.POSTGRES_INITDB_ARGS).split(' ')).toEqual(TEXT_ARGS);
});

test('the compose file passes every setting on but those its image has', () => {
  const rows = [...read('docs/operations.md').matchAll(/^\| ((?:`[A-Z_]+`,? )+)\|/gm)];
  const settings = rows.flatMap(([, names = '']) => names.match(/[A-Z_]+/g) ?? []);
  const passed = Object.keys(compose.services.app?.environment ?? {});
  expect([...passed, 'HOST', 'PORT', 'DATA_DIR'].sort()).toEqual([...new Set(settings)].sort());
});

describe('the figures', () => {
  let farEnd: FarEnd;
  beforeAll(async () => {
    farEnd = await FarEnd.open();
  });
  afterAll(() => farEnd.close());

  /** The value of a figure whose labels hold all of these; null where there is none. */
  async function figure(name: string, labels: Record<string, string> = {}): Promise<number | null> {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const all = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const lines = text
      .split('\n')
      .filter((line) => line.startsWith(name) && /[ {]/.test(line[name.length] ?? ''));
    const line = lines.find((one) => all.every((label) => one.includes(label)));
    return line === undefined ? null : Number(line.split(' ').at(-1));
  }

  async function asksForHelp(from: string, door: string): Promise<void> {
    const body = JSON.stringify({ from, to: SENDER.address, text: 'HELP' });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(server.url + door, { method: 'POST', headers, body })).status).toBe(200);
  }

  test('tell of each account how its texts fare, and of the queues how far they are behind', async () => {
    const { source } = server.database;
    const gateway = { kind: 'http', config: { sendUrl: farEnd.url } };
    const [bad, good] = [
      await createWorkspace(source, { gateway }),
      await createWorkspace(source, { gateway }),
    ];
    const people = new Map(
      Array.from({ length: 12 }, (_, n) => [`+12025550${100 + n}`, n < 10 ? bad : good]),
    );
    farEnd.behaviour = (response, { body }) => {
      const isBad = people.get(body.to) === bad;
      response.writeHead(isBad ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isBad ? {} : { id: `far-${body.id}` }));
    };
    for (const [from, { door }] of people) await asksForHelp(from, door);
    const sent = ({ gatewayId }: TestWorkspace) =>
      figure('textloom_sends_total', { gateway: gatewayId, outcome: 'sent' });
    const rests = ({ gatewayId }: TestWorkspace) =>
      figure('textloom_gateway_resting', { gateway: gatewayId });
    await until(async () => (await sent(good)) === 2);
    await until(async () => (await rests(bad)) === 1);
    expect(await sent(bad)).toBeNull();
    expect(await figure('textloom_gateway_troubles_total', { gateway: bad.gatewayId })).toBeGreaterThan(0);
    expect(await rests(good)).toBe(0);
    expect(await figure('textloom_batch_size_sum')).toBeGreaterThanOrEqual(12);

    // STOP, say, has taken back all that waited there, and elsewhere the switch holds up what nobody waits for.
    await source.query('delete from outbox');
    await source.query('update workspaces set sending_stopped = true where id = $1', [good.id]);
    await source.query(
      `insert into outbox (workspace_id, message_id, contact_id, gateway_id, sender_id, rank, due_at, queued_at)
       select $1, gen_random_uuid(), gen_random_uuid(), $2, $3, 2, now() - interval '100 seconds', now() from generate_series(1, 3)`,
      [good.id, good.gatewayId, good.senderId],
    );
    await until(async () => (await rests(bad)) === 0);
    expect(await figure('textloom_queue_due', { queue: 'outbox' })).toBe(3);
    expect(await figure('textloom_queue_lag_seconds', { queue: 'outbox' })).toBeGreaterThanOrEqual(99);
    expect(await figure('textloom_outbox_lag_seconds')).toBeLessThan(99);
  });
});
