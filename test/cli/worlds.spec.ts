import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { drawn, end, say } from '../prove/draw.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';
import { ROOT, templateFile } from './files.ts';
import { textloom } from './terminal.ts';

const folder = new TemporaryFolder();
const { file } = folder;

describe('the world of conversations', () => {
  const hello = drawn({
    nodes: { hello: say('{{program.brand}} says hello.'), done: end },
    edges: ['hello.next > done'],
  });
  const talk = (brand: string) => [
    { name: 'greets', lines: [{ says: 'GO' }, { hears: `${brand} says hello.` }] },
  ];
  const by = (brand: string) => ({ program: { brand } });
  /** A folder with these files, each as JSON unless it is a text. */
  const folderOf = (name: string, files: Readonly<Record<string, unknown>>): string => {
    mkdirSync(join(folder.path, name));
    for (const [path, json] of Object.entries(files))
      writeFileSync(join(folder.path, name, path), typeof json === 'string' ? json : JSON.stringify(json));
    return join(folder.path, name);
  };
  const flow = { 'flow.json': hello };

  test('is the one of their own for each template, all named at once as a shell does it', async () => {
    const templates = join(ROOT, 'flows/templates');
    const paths = readdirSync(templates).map((name) => join(templates, name));
    const { code, out, err } = await textloom(['test', ...paths]);
    expect([code, out.split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^8 flows, \d+ conversations, 0 different\.$/),
    ]);
    expect(err).toMatch(/^Left out, for a flow is a \.json file: .*index\.ts, .*template\.ts$/);
    const { out: json } = await textloom(['test', ...paths, '--json']);
    expect(JSON.parse(json).map(({ world }: { world: string }) => world)).toEqual(
      TEMPLATES.map(({ id }) => join(templates, id, 'world.json')).sort(),
    );
  });

  test.each([
    ['a file beside the flow', { ...flow, 'conversations.json': talk('Beside'), 'world.json': by('Beside') }],
    [
      'the file of the flow',
      { 'flow.json': { ...hello, world: by('Carried'), conversations: talk('Carried') } },
    ],
    [
      'the file of the conversations',
      { ...flow, 'conversations.json': { world: by('Theirs'), conversations: talk('Theirs') } },
    ],
  ])('stands in %s', async (name, files) => {
    const path = folderOf(name, files);
    expect(await textloom(['test', path])).toEqual({
      code: 0,
      err: '',
      out: '✓ greets\n1 conversation, 0 different.',
    });
    const other = file('other-world.json', by('Another'));
    const elsewhere = await textloom(['test', path, '--world', other]);
    expect([elsewhere.code, elsewhere.out]).toEqual([1, expect.stringContaining('+ < Another says hello.')]);
    expect(elsewhere.out).toContain(`Played in the world of ${other}.`);
    expect((await textloom(['test', path, '--world', other, '--update'])).code).toBe(0);
    expect((await textloom(['test', path, '--world', other])).code).toBe(0);
  });

  test('goes for every command, so that what is generated is heard as it was', async () => {
    const path = folderOf('generated', { ...flow, 'world.json': by('Bluebird') });
    await textloom(['generate', path, '--write', join(path, 'conversations.json')]);
    expect((await textloom(['test', path])).code).toBe(0);
    expect((await textloom(['chat', path], ['GO'])).out).toContain('< Bluebird says hello.');
    expect((await textloom(['explain', path, 'GO'])).out).toContain('< Bluebird says hello.');
  });

  test('is said to be missing where that may be why they read differently', async () => {
    const path = folderOf('nowhere', { ...flow, 'conversations.json': talk('Bluebird') });
    const { code, out } = await textloom(['test', path]);
    expect(code).toBe(1);
    expect(out).toContain(
      'No world is named, so the brand was “Your brand” and the country US. Write a world.json beside',
    );
  });

  test.each([
    ['no JSON', '{ "country": ', /world\.json is no JSON: /],
    ['a list', [1], /world\.json describes no world: write an object/],
    [
      'a country that is none',
      { country: 'Narnia' },
      /^The world in .*world\.json cannot be used\. country: Write a country/,
    ],
    ['a key that nobody knows', { brand: 'Bluebird' }, /cannot be used\. Unrecognized key: "brand"/],
    [
      'another inside',
      { program: { brnd: 'Bluebird' } },
      /cannot be used\. program: Unrecognized key: "brnd"/,
    ],
    ['no sender', { senders: [] }, /senders: Name at least one sender\./],
  ])('is refused with its place where it is %s', async (name, described, sentence) => {
    const path = folderOf(name, { ...flow, 'conversations.json': talk('Bluebird'), 'world.json': described });
    expect(await textloom(['test', path])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(sentence),
    });
  });

  test.each([
    ['conversations', {}, /conversations\.json holds no conversations\./],
    ['lines', [{ name: 'greets' }], /cannot be read: .* \(conversations\.0\.lines\)/],
    ['time', [{ ...talk('x')[0], begins: 'at ten' }], /Write a moment in UTC.* \(conversations\.0\.begins\)/],
  ])('is of no use to a file without %s', async (name, conversations, sentence) => {
    const path = folderOf(`no-${name}`, { ...flow, 'conversations.json': conversations });
    expect(await textloom(['test', path])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(sentence),
    });
  });

  test('is not looked for where there is no flow', async () => {
    const empty = folderOf('empty', {});
    expect((await textloom(['test', empty])).err).toBe(`${empty} is a folder without a flow.json.`);
    expect((await textloom(['test', templateFile('contest'), '--world', 'gone.json'])).err).toBe(
      'gone.json cannot be read.',
    );
    const two = [templateFile('contest'), templateFile('opt-in'), '--conversations', 'talks.json'];
    expect((await textloom(['test', ...two])).err).toMatch(/goes with one flow/);
  });
});
