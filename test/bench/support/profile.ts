import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SHOWN = 12;

/** Where the server's and the database's time go, when that is asked for; costs some of it. */
export interface Profile {
  /** For the server's node. */
  flags: readonly string[];
  /** For PostgreSQL. */
  settings: Readonly<Record<string, string>>;
  /** Forgets what the database did so far. */
  begin(source: DataSource): Promise<void>;
  /** The statements that took most of the database's time, with microseconds a text. */
  statements(source: DataSource, texts: number): Promise<string[]>;
  /** The functions and packages that took most of the server's, once it has ended. */
  functions(): string[];
}

/** A profile, or one that does nothing where none is wanted. */
export function profileOf(wanted: boolean): Profile {
  if (!wanted)
    return {
      flags: [],
      settings: {},
      begin: async () => undefined,
      statements: async () => [],
      functions: () => [],
    };
  const folder = mkdtempSync(join(tmpdir(), 'textloom-profile-'));
  return {
    flags: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
    settings: { shared_preload_libraries: 'pg_stat_statements' },
    begin: async (source) => {
      await source.query('create extension if not exists pg_stat_statements');
      await source.query('select pg_stat_statements_reset()');
    },
    statements: async (source, texts) => {
      const rows: { query: string; spent: number; calls: number }[] = await source.query(
        `select query, total_exec_time * 1000 as spent, calls::float8 as calls from pg_stat_statements
         where dbid = (select oid from pg_database where datname = current_database())
         order by total_exec_time desc limit ${SHOWN}`,
      );
      return [
        `PostgreSQL, µs a text and how often for a hundred texts (planning and parsing apart):`,
        ...rows.map(
          ({ query, spent, calls }) =>
            `  ${(spent / texts).toFixed(1)} µs, ${((calls / texts) * 100).toFixed(1)} ×: ${query.replace(/\s+/g, ' ').slice(0, 100)}`,
        ),
      ];
    },
    functions: () => summarise(folder),
  };
}

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

function summarise(folder: string): string[] {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const [file] = files.sort((a, b) => statSync(b).size - statSync(a).size);
  if (!file) return ['The server left no profile.'];
  const { nodes, samples, timeDeltas } = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byFunction = new Map<string, number>();
  const byPlace = new Map<string, number>();
  let busy = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    const spent = timeDeltas[index] ?? 0;
    if (!frame || frame.functionName === '(idle)') return;
    busy += spent;
    const name = `${frame.functionName || '(anonymous)'} ${placeOf(frame.url, frame.lineNumber)}`.trim();
    byFunction.set(name, (byFunction.get(name) ?? 0) + spent);
    const place = folderOf(frame.url) || frame.functionName;
    byPlace.set(place, (byPlace.get(place) ?? 0) + spent);
  });
  const top = (times: ReadonlyMap<string, number>): string[] =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([name, spent]) => `  ${((spent / busy) * 100).toFixed(1)} % ${name}`);
  return [
    `The server's own time by package and folder, of ${(busy / 1e6).toFixed(1)} busy seconds (${file}):`,
    ...top(byPlace),
    'By function:',
    ...top(byFunction),
  ];
}

function placeOf(url: string, line: number): string {
  const path = url.replace('file://', '').replace(ROOT, '');
  return path ? `${path.replace(/^.*node_modules\//, '')}:${line + 1}` : '';
}

/** A package's name, our folder down to the second level, or nothing for what node itself does. */
function folderOf(url: string): string {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(url);
  if (found?.[1]) return found[1];
  if (url.startsWith('node:')) return 'node';
  const path = url.replace('file://', '').replace(ROOT, '');
  return path.startsWith('dist/') ? path.split('/').slice(0, 3).join('/') : path;
}
