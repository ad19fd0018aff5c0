import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { startTestServer, type TestServer } from '../support/server.ts';

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
      targets: z.array(z.object({ expr: z.string() })).optional(),
      gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
    }),
  ),
});

const alerts = alertsSchema
  .parse(parse(read('deploy/prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);
const { panels } = dashboardSchema.parse(JSON.parse(read('deploy/grafana/textloom.json')));

let server: TestServer;
/** What /metrics tells: name and kind of each figure. */
let told: Map<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  const text = await (await fetch(`${server.url}/metrics`)).text();
  told = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => [name, kind]),
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

  test('names figures as Prometheus wants them: counters end in _total, times are in seconds', () => {
    for (const [name, kind] of told) {
      if (!name.startsWith('textloom_')) continue;
      expect([name, kind === 'counter']).toEqual([name, name.endsWith('_total')]);
      expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes)(_|$)/);
    }
  });

  test('the compose file brings what its profile names', () => {
    const compose = z
      .object({
        services: z.record(
          z.string(),
          z.object({ profiles: z.array(z.string()).optional(), volumes: z.array(z.string()).optional() }),
        ),
      })
      .parse(parse(read('docker-compose.yml')));
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
