import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { readAdminLine } from '#server/admin/admin-line.ts';
import { COMMANDS } from '#server/cli/run.ts';
import { WrongLine } from '#server/common/command-options.ts';
import { placesIn, withValue } from '../support/json-places.ts';
import * as fc from '../support/properties.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';
import { templateFile } from './files.ts';
import { type Said, textloom } from './terminal.ts';

// Whatever is typed and whatever the files hold, the command ends with a code and a sentence, and never with a stack.

const folder = new TemporaryFolder();
const FLOW = templateFile('double-opt-in');

/** A line that is refused says why in a sentence. What is said of a mistake of ours is none. */
function expectSaid(asked: unknown, { code, out, err }: Said): void {
  expect([asked, [0, 1, 2].includes(code)]).toEqual([asked, true]);
  expect([asked, `${out}${err}`]).toEqual([
    asked,
    expect.not.stringMatching(/\n\s+at .+:\d+|TypeError|RangeError|ENOENT|EISDIR/),
  ]);
  if (code !== 0) expect([asked, `${out}${err}`]).toEqual([asked, expect.stringMatching(/[.?!:✗]/)]);
}

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '-',
    '--',
    '---',
    '--=',
    '--world',
    '--json=1',
    '-x',
    '__proto__',
    '--__proto__',
    '--constructor=1',
    'toString',
    '😀',
    '\ud800',
    '..',
    '/',
    'x'.repeat(9_000),
  ),
);
const NAMES = COMMANDS.map(({ name }) => name);
/** The options of all commands but the one that writes, with junk behind them. */
const OPTIONS = [...new Set(COMMANDS.flatMap(({ options }) => Object.keys(options)))].filter(
  (name) => name !== 'write' && name !== 'update',
);
const option = fc
  .tuple(fc.constantFrom(...OPTIONS), word)
  .chain(([name, value]) => fc.constantFrom([`--${name}=${value}`], [`--${name}`, value], [`--${name}`]));
const lines = fc.tuple(
  fc.oneof(fc.constantFrom(...NAMES), word),
  fc.array(
    fc.oneof(
      word.map((one) => [one]),
      option,
      fc.constant([FLOW]),
    ),
    { maxLength: 5 },
  ),
);

test('a line that makes no sense', async () => {
  for (const [name, rest] of fc.sample(lines, { numRuns: 400 })) {
    const args = [name, ...rest.flat()];
    expectSaid(args, await textloom(args, ['JOIN']));
  }
}, 120_000);

test('a line for a command beside a server that makes no sense is refused as such', () => {
  const beside = fc.array(
    fc.oneof(word, fc.constantFrom('consent', 'export', 'contacts', 'stop', 'erase', 'backup', 'restore')),
    { maxLength: 4 },
  );
  for (const args of fc.sample(beside, { numRuns: 400 })) {
    try {
      readAdminLine(args);
    } catch (error) {
      expect([args, error]).toEqual([args, expect.any(WrongLine)]);
    }
  }
});

const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;
const FILES: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'zero bytes': Buffer.alloc(100),
  'no UTF-8': Buffer.from('{"name":"\xff"}', 'latin1'),
  'a mark of byte order': '\ufeff{}',
  'half of it': '{"nodes":[',
  null: 'null',
  'a number': '1e999',
  'a text': '"x"',
  'an empty list': '[]',
  'a list of nothing': '[null]',
  'an empty object': '{}',
  'depth in lists': nested('[', ']', 50_000),
  'depth in objects': nested('{"a":', '}', 50_000),
  'a prototype': '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  'parts of nothing': '{"definition":null,"conversations":null,"world":null}',
  'parts that are none': '{"definition":[],"conversations":{"a":1},"world":"x","nodes":1,"edges":"x"}',
  'depth in a part': `{"conversations":${nested('[', ']', 5_000)},"world":${nested('{"a":', '}', 5_000)},"nodes":${nested('[', ']', 5_000)}}`,
};

describe.each(Object.entries(FILES))('a file with %s', (what, bytes) => {
  let path = '';
  beforeAll(() => {
    path = join(folder.path, `${what}.json`);
    writeFileSync(path, bytes);
  });

  test.each(NAMES)('for %s', async (name) => {
    const texts = name === 'explain' ? ['JOIN'] : [];
    const readings =
      name === 'draw'
        ? [['draw', 'verify', path, path]]
        : [
            [name, path, ...texts],
            [name, FLOW, ...texts, '--world', path],
            [name, path, FLOW, ...texts, '--json'],
          ];
    if (name === 'test') readings.push(['test', FLOW, '--conversations', path], ['test', path, '--update']);
    for (const args of readings) {
      expectSaid(args, await textloom(args, ['JOIN']));
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

test('a place where nothing can be written', async () => {
  const within = join(folder.path, 'there-is-none', 'file.json');
  mkdirSync(join(folder.path, 'folder'));
  for (const path of [within, join(folder.path, 'folder'), '', '\0'])
    expectSaid(path, await textloom(['generate', FLOW, '--write', path]));
});

const junk = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, -1, 1e308, [], {}));

test('a flow with junk anywhere in it', async () => {
  const places = TEMPLATES.flatMap(({ definition }) =>
    placesIn(definition).map((place) => ({ definition, place })),
  );
  for (const [{ definition, place }, value] of fc.sample(fc.tuple(fc.constantFrom(...places), junk), {
    numRuns: 100,
  })) {
    const path = folder.file('junk.json', withValue(definition, place, value));
    for (const name of ['check', 'prove', 'generate', 'cost', 'explain', 'chat'])
      expectSaid(
        [name, place, value],
        await textloom([name, path, ...(name === 'explain' ? ['JOIN'] : [])], ['JOIN', '/wait 1h', '1']),
      );
  }
}, 300_000);

test('what no person types to a chat', async () => {
  const orders = [
    '/',
    '/wait',
    '/wait -1h',
    '/wait 9999999999999d',
    '/answer',
    '/answer toString',
    '/answer webhook __proto__',
    '/event',
    '/event __proto__ constructor',
    '/join',
    '/join __proto__',
    '/leave constructor',
    '/delivered',
    '/failed',
    '/state',
    '/help',
    '/nothing',
  ];
  const typed = fc.array(
    fc.oneof(word, fc.constantFrom(...orders), fc.constantFrom('JOIN', 'YES', 'STOP', '/restart')),
    { maxLength: 12 },
  );
  for (const lines of fc.sample(typed, { numRuns: 150 }))
    expectSaid(lines, await textloom(['chat', FLOW], lines));
});
