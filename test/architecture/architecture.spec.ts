import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NODE_KINDS } from '#flows/registry.ts';
import { circlesIn } from './circles.ts';
import { codeOf, SOURCE_FILES, type SourceFile, topFolder } from './source-files.ts';

const isPure = ({ path }: SourceFile): boolean =>
  path.endsWith('.ts') && (path.startsWith('shared/') || path.startsWith('flows/'));
const inFolder = (folder: string) => SOURCE_FILES.filter(({ path }) => path.startsWith(`${folder}/`));

/** The folder of the server that a file is in; a file beside the folders (config, the modules, main) stands for itself. */
const serverFolder = (path: string): string => path.split('/').slice(0, 2).join('/');

/** The arrows of a folder that go where they may not: "from → to". */
const arrows = (
  files: readonly SourceFile[],
  isForbidden: (to: string, from: SourceFile) => boolean,
): string[] =>
  files.flatMap((file) =>
    file.imports.filter((to) => isForbidden(to, file)).map((to) => `${file.path} → ${to}`),
  );

describe('who may import whom', () => {
  test('the reader of imports reads them', () => {
    expect(SOURCE_FILES.length).toBeGreaterThan(100);
    const { imports } = SOURCE_FILES.find(({ path }) => path === 'flows/engine/route-inbound.ts') ?? {
      imports: [],
    };
    expect(imports).toEqual(expect.arrayContaining(['shared/sms/text.ts', 'flows/engine/node-kind.ts']));
  });

  test.each([
    ['shared', ['shared']],
    ['flows', ['flows', 'shared']],
    ['server', ['server', 'flows', 'shared']],
    ['client', ['client', 'flows', 'shared']],
  ])('%s imports from %j only', (folder, allowed) => {
    const wrong = arrows(inFolder(folder), (to) => {
      const target = topFolder(to);
      return target !== null && !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test('nothing imports tests', () => {
    const others = SOURCE_FILES.filter(({ path }) => !path.startsWith('test/'));
    expect(arrows(others, (to) => topFolder(to) === 'test')).toEqual([]);
  });

  test('shared needs zod, phone numbers and patterns in linear time, nothing else', () => {
    const libraries = ['zod', 'libphonenumber-js', 're2js'];
    expect(arrows(inFolder('shared'), (to) => topFolder(to) === null && !libraries.includes(to))).toEqual([]);
  });

  test('flows without an editor need zod, liquidjs and, in the engine, xstate', () => {
    const pure = inFolder('flows').filter(isPure);
    const isForeign = (to: string) => topFolder(to) === null && !['zod', 'liquidjs', 'xstate'].includes(to);
    expect(arrows(pure, isForeign)).toEqual([]);
    expect(arrows(pure, (to) => to.endsWith('.tsx') || to.endsWith('.css'))).toEqual([]);
    const outside = [...SOURCE_FILES].filter(
      ({ path }) => !path.startsWith('flows/engine/') && !path.startsWith('test/'),
    );
    expect(arrows(outside, (to) => to === 'xstate')).toEqual([]);
    expect(arrows(outside, (to) => to === 'liquidjs')).toEqual([]);
  });

  test('the inside of the flows knows nothing of nodes, and nodes know nothing of each other', () => {
    const engine = inFolder('flows/engine');
    expect(arrows(engine, (to) => to.startsWith('flows/nodes/') || to.startsWith('flows/registry'))).toEqual(
      [],
    );
    const foreignNode = (to: string, { path }: SourceFile) =>
      to.startsWith('flows/nodes/') && to.split('/')[2] !== path.split('/')[2];
    expect(arrows(inFolder('flows/nodes'), foreignNode)).toEqual([]);
  });

  test('features of the client know nothing of each other, and ui and lib nothing of features', () => {
    const featureOf = (path: string) => /^client\/features\/([^/]+)/.exec(path)?.[1];
    const crossed = arrows(inFolder('client/features'), (to, { path }) => {
      const feature = featureOf(to);
      return feature !== undefined && feature !== featureOf(path);
    });
    expect(crossed).toEqual([]);
    const below = [...inFolder('client/ui'), ...inFolder('client/lib')];
    expect(arrows(below, (to) => featureOf(to) !== undefined || to.startsWith('client/app/'))).toEqual([]);
  });

  test.each(['shared', 'flows', 'server', 'client'])('no file of %s comes back to itself', (folder) => {
    const imports = new Map(inFolder(folder).map((file) => [file.path, file.imports]));
    expect(circlesIn(imports).map((circle) => circle.join(' → '))).toEqual([]);
  });

  test("server's folders import each other in one direction only", () => {
    const imports = new Map<string, Map<string, string>>();
    for (const { path, imports: targets } of inFolder('server')) {
      const from = serverFolder(path);
      for (const target of targets.filter((to) => topFolder(to) === 'server')) {
        const to = serverFolder(target);
        if (to === from) continue;
        const known = imports.get(from) ?? new Map<string, string>();
        imports.set(from, known.set(to, known.get(to) ?? `${path} → ${target}`));
      }
    }
    expect(imports.size).toBeGreaterThan(20);
    const arrows = new Map([...imports].map(([from, targets]) => [from, [...targets.keys()]]));
    const told = circlesIn(arrows).map((circle) => ({
      circle: circle.join(' → '),
      because: circle.slice(1).map((to, index) => imports.get(circle[index] ?? '')?.get(to)),
    }));
    expect(told).toEqual([]);
  });

  test('a circle would be found out', () => {
    const arrows = new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
      ['c', ['d', 'b']],
    ]);
    expect(circlesIn(arrows)).toEqual([['b', 'c', 'b']]);
    expect(circlesIn(new Map([...arrows, ['c', ['d']]]))).toEqual([]);
  });

  test('only the client reaches the editor halves', () => {
    const others = [...inFolder('server'), ...inFolder('shared')];
    expect(arrows(others, (to) => to.endsWith('.tsx') || to.startsWith('flows/editor-kit/'))).toEqual([]);
  });
});

describe('the pure folders', () => {
  const forbidden =
    /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bcrypto\b|\bIntl\b|\bprocess\.|\bsetTimeout\b|\bsetInterval\b|\bfetch\(|\btoLocale\w+|\blocaleCompare\b/;

  test('know no clock, chance, environment, network or locale', () => {
    const guilty = SOURCE_FILES.filter(isPure).flatMap(({ path, text }) => {
      const word = forbidden.exec(codeOf(text))?.[0];
      return word === undefined ? [] : [`${path}: ${word}`];
    });
    expect(guilty).toEqual([]);
  });

  test('would be found out', () => {
    expect(forbidden.test(codeOf('const now = Date.now();'))).toBe(true);
    expect(forbidden.test(codeOf('// no Date.now here\nconst text = "fetch(";'))).toBe(false);
  });
});

describe('node types', () => {
  const file = (path: string) => existsSync(new URL(`../../flows/${path}`, import.meta.url));

  test.each(NODE_KINDS.map(({ kind }) => kind))('%s has its two halves and its cases', (kind) => {
    const wanted = ['definition.ts', 'editor.tsx', 'cases.json'].map((name) => `nodes/${kind}/${name}`);
    expect(wanted.filter((path) => !file(path))).toEqual([]);
  });

  test('stand in both registries', () => {
    const kinds = NODE_KINDS.map(({ kind }) => `flows/nodes/${kind}`);
    for (const registry of ['registry.ts', 'registry.editor.tsx']) {
      const { imports } = SOURCE_FILES.find(({ path }) => path === `flows/${registry}`) ?? { imports: [] };
      const folders = imports
        .filter((path) => path.startsWith('flows/nodes/'))
        .map((path) => path.replace(/\/[^/]+$/, ''));
      expect([registry, ...new Set(folders)].sort()).toEqual([registry, ...kinds].sort());
    }
  });
});

describe('files', () => {
  test('are of a size that can be read at a sitting', () => {
    const tooLong = SOURCE_FILES.filter(({ lines }) => lines > 400);
    expect(tooLong.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('are named in kebab-case', () => {
    const odd = SOURCE_FILES.map(({ path }) => path).filter((path) => !/^[a-z0-9./-]+$/.test(path));
    expect(odd).toEqual([]);
  });
});
