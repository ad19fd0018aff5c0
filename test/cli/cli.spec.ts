import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { TEMPLATES } from '#flows/templates/index.ts';
import { readAdminLine } from '#server/admin/admin-line.ts';
import { ADMIN_COMMANDS } from '#server/admin/usage.ts';
import { COMMANDS } from '#server/cli/run.ts';
import { WrongLine } from '#server/common/command-options.ts';
import { ask, drawn, end, FIRST, say } from '../prove/draw.ts';
import { BRAND, HELP_CONTACT } from '../support/phone-stage.ts';
import { TemporaryFolder } from '../support/temporary-folder.ts';
import { ROOT, templateFile } from './files.ts';
import { textloom } from './terminal.ts';

const folder = new TemporaryFolder();
const { file } = folder;

const lists = Object.fromEntries(
  TEMPLATES.flatMap((template) => template.lists.map(({ key, optIn }) => [key, { optIn }])),
);
const world = () => file('program.json', { lists, program: { brand: BRAND, contact: HELP_CONTACT } });
const broken = () =>
  file(
    'broken.json',
    drawn({
      nodes: { ask: ask(FIRST), done: end },
      edges: ['ask.yes > done', 'ask.other > done', 'ask.timeout > done'],
    }),
  );

describe.each(TEMPLATES.map(({ id }) => id))('on the template %s', (id) => {
  const path = templateFile(id);

  test('check and prove find nothing wrong', async () => {
    expect(await textloom(['check', path])).toMatchObject({ code: 0, err: '' });
    const proved = await textloom(['prove', path, '--world', world()]);
    expect(proved).toMatchObject({ code: 0, err: '' });
    expect(proved.out).toMatch(/✓ proved: nothing to complain about$/);
    expect(proved.out).not.toContain('error');
  });

  test('test plays its conversations as they are written, in the world beside it', async () => {
    const played = await textloom(['test', path]);
    expect(played.out).toMatch(/\d+ conversations, 0 different\.$/);
    expect(played.code).toBe(0);
  });

  test('generate writes conversations that test then plays', async () => {
    const target = join(folder.path, `${id}.json`);
    const written = await textloom(['generate', path, '--world', world(), '--write', target]);
    expect(written).toMatchObject({ code: 0, err: '' });
    const played = await textloom(['test', path, '--world', world(), '--conversations', target]);
    expect(played.out).toMatch(/, 0 different\.$/);
    const { out } = await textloom(['generate', path, '--country', 'GB']);
    expect(out).toMatch(/conversations? along (\d+) of \1 lines\.$/);
  });

  test('cost, explain and chat answer', async () => {
    expect((await textloom(['cost', path])).out).toMatch(/A conversation takes \d+ segments? at the least/);
    const [word = ''] = wordsOf(path);
    expect((await textloom(['explain', path, word])).out).toContain(`> ${word}`);
    const chat = await textloom(['chat', path], [word, '/wait 24h', '/state']);
    expect(chat.out).toContain(`> ${word}\n< `);
  });
});

function wordsOf(path: string): string[] {
  const { triggers }: { triggers: { words: string[] }[] } = JSON.parse(readFileSync(path, 'utf8'));
  return triggers.flatMap(({ words }) => words);
}

describe('prove', () => {
  test('shows the shortest conversation that goes wrong, and ends with 1', async () => {
    const { code, out } = await textloom(['prove', broken()]);
    expect(code).toBe(1);
    expect(out).toContain('✗ Every conversation that begins comes to an end.');
    expect(out).toContain('“NO” of “Ask a question” leads nowhere.');
    expect(out).toMatch(/> GO\n.*< Your brand: hello!.*\n.*> NO\n/);
    expect(out).toContain('Not checked: Other flows');
    expect(out).toMatch(/✗ not to be published: 1 error$/);
  });

  test('speaks to programs', async () => {
    const { code, out } = await textloom(['prove', broken(), '--json']);
    const [proof] = JSON.parse(out);
    expect(code).toBe(1);
    expect(proof).toMatchObject({ bounded: false, findings: [{ code: 'port.open', property: 'dead-end' }] });
    expect(proof.findings[0].witness).toMatchObject({
      replayed: true,
      lines: [{ says: 'GO' }, {}, { says: 'NO' }],
    });
    expect(proof.certificate.definitionHash).toMatch(/^[0-9a-f]{64}$/);
    expect(proof.covered.passages).toContain('ask.yes');
  });

  test('sees several flows beside each other', async () => {
    const flow = (name: string) => ({
      ...drawn({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] }),
      name,
    });
    const paths = [file('one.json', flow('One')), file('two.json', flow('Two'))];
    const { code, out } = await textloom(['prove', ...paths]);
    expect(code).toBe(1);
    expect(out).toContain('The keyword “GO” belongs to “Two” as well');
    expect(out).toContain('The keyword “GO” belongs to “One” as well');
  });

  test('takes a reason for what may be accepted, and only for that', async () => {
    const path = file(
      'bare.json',
      drawn({ nodes: { hello: say('Hello!'), done: end }, edges: ['hello.next > done'] }),
    );
    const cut = await textloom(['prove', path, '--max-states', '1']);
    expect([cut.code, cut.out]).toEqual([1, expect.stringContaining('too big to be explored to the end')]);
    const reasons = ['--accept', 'explored.bounded=Tried by hand', '--accept', 'text.first=Staff only'];
    const taken = await textloom(['prove', path, '--max-states', '1', ...reasons]);
    expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('Accepted: Tried by hand')]);
    expect((await textloom(['prove', broken(), '--accept', 'port.open=Never mind'])).code).toBe(1);
    expect((await textloom(['prove', path, '--accept', 'because'])).err).toContain(
      'Write what is accepted and why',
    );
    expect((await textloom(['prove', path, '--max-states', 'many'])).err).toContain('is no number of states');
  });

  test('judges by the world it is told about', async () => {
    const path = file(
      'quit.json',
      drawn({
        nodes: { ask: ask(FIRST, { answers: [{ id: 'quit', words: ['QUIT'] }] }), done: end },
        edges: ['ask.quit > done', 'ask.other > done', 'ask.timeout > done'],
      }),
    );
    expect((await textloom(['prove', path])).code).toBe(1);
    expect((await textloom(['prove', path, '--country', 'GB'])).code).toBe(0);
    const odd = file('odd.json', { country: 'Narnia' });
    expect(await textloom(['prove', path, '--world', odd])).toMatchObject({
      code: 1,
      err: expect.stringContaining('country: Write a country as two capitals'),
    });
  });
});

describe('test', () => {
  test('shows what reads differently, and writes it down when told to', async () => {
    const path = file(
      'hello.json',
      drawn({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] }),
    );
    const talks = file('talks.json', [{ name: 'greets', lines: [{ says: 'GO' }, { hears: 'Good day.' }] }]);
    const played = await textloom(['test', path, '--conversations', talks]);
    expect(played.code).toBe(1);
    expect(played.out).toContain('✗ greets');
    expect(played.out).toContain('  − < Good day.\n  + < Your brand: hello!');
    expect((await textloom(['test', path, '--conversations', talks, '--update'])).code).toBe(0);
    expect((await textloom(['test', path, '--conversations', talks])).code).toBe(0);
  });

  test('plays what the file of a flow carries, as the editor exports it', async () => {
    const flow = drawn({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] });
    const conversations = [{ name: 'greets', lines: [{ says: 'GO' }, { hears: 'Good day.' }] }];
    const path = file('carrying.json', { ...flow, conversations });
    expect((await textloom(['test', path])).out).toContain('✗ greets');
    expect((await textloom(['test', path, '--update'])).code).toBe(0);
    expect((await textloom(['test', path])).code).toBe(0);
    expect((await textloom(['check', path])).code).toBe(0);
  });

  test('says which other flow takes a text by now', async () => {
    const flow = drawn({ nodes: { hello: say(FIRST), done: end }, edges: ['hello.next > done'] });
    const club = { name: 'Summer club', triggers: [{ kind: 'keyword', words: ['JOIN'] }] };
    const conversations = [{ name: 'joins', lines: [{ says: 'JOIN' }, { hears: 'Your brand: hello!' }] }];
    const path = file('moved.json', { ...flow, conversations, world: { otherFlows: [club] } });
    const { code, out } = await textloom(['test', path]);
    expect(code).toBe(1);
    expect(out).toContain(
      '✗ joins\n    > JOIN\n  − < Your brand: hello!\n    “JOIN” starts “Summer club”, not this flow.',
    );
    expect((await textloom(['chat', path], ['JOIN'])).out).toBe(
      '> JOIN\n  ! “JOIN” starts “Summer club”, not this flow.',
    );
  });

  test('says how to make conversations where there are none', async () => {
    const { code, err } = await textloom(['test', broken()]);
    expect(code).toBe(1);
    expect(err).toMatch(/Make some: npm run textloom -- generate .* --write /);
  });
});

test('chat is a conversation, with time passing and somebody new', async () => {
  const typed = ['WIN', 'yes', '/state', '/wait soon', '/restart', 'Win!', '/nonsense', '/quit', 'WIN'];
  const { out, code } = await textloom(['chat', templateFile('contest')], typed);
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.slice(0, 49))).toEqual([
    '> WIN',
    '< Bluebird Coffee prize draw, 18+, no purchase ne',
    '> yes',
    "< You're in! What name should we call out if you ",
    '  At name (wait-0), wakes in 1 day.',
    'Write a whole number and a unit, such as /wait 30',
    '— somebody new',
    '> Win!',
    '< Bluebird Coffee prize draw, 18+, no purchase ne',
    'There is no /nonsense. /help says what there is.',
  ]);
});

test('chat lets the outside answer, events happen, texts be delivered or not, and lists change', async () => {
  const path = file(
    'outside.json',
    drawn({
      nodes: {
        hello: say(FIRST),
        stock: ['webhook', { url: 'https://shop.example.com/stock', save: [{ from: '/left', as: 'left' }] }],
        busy: say('The shop does not answer.'),
        wait: ['wait-event', { event: 'paid', timeout: '2d' }],
        offer: say('Half price! STOP to end.', { purpose: 'marketing', list: 'club' }),
        sorry: say('Another time.', { purpose: 'service' }),
        done: end,
      },
      edges: [
        'hello.next > stock',
        'stock.ok > wait',
        'stock.error > busy',
        'stock.timeout > busy',
        'busy.next > wait',
        'wait.happened > offer',
        'wait.timeout > done',
        'offer.next > done',
        'offer.suppressed > sorry',
        'sorry.next > done',
      ],
    }),
  );
  const asked =
    '  ! webhook has no answer yet: /answer webhook ok, /answer webhook error, /answer webhook timeout';
  const chat = async (...typed: string[]) => (await textloom(['chat', path], typed)).out.split('\n').slice(1);
  expect(await chat('GO', '/answer webhook timeout', '/join club', '/event paid')).toEqual([
    expect.stringMatching(/^< Your brand: hello!/),
    asked,
    '  … webhook answers timeout',
    '< The shop does not answer.',
    '  … joins club elsewhere',
    '  … paid happens',
    '< Half price! STOP to end.',
  ]);
  expect(
    (await chat('GO', '/answer webhook ok', '/join club', '/leave club', '/event paid')).slice(-2),
  ).toEqual(['  … paid happens', '< Another time.']);
  expect((await chat('GO', '/answer webhook', '/delivered', '/state')).slice(-2)[0]).toMatch(/At wait/);
  expect((await chat('GO', '/answer webhook', '/failed', '/state')).join('\n')).toContain(
    'over: not-reached',
  );
  const mistaken = await chat('GO', '/answer fax', '/answer webhook maybe', '/leave');
  expect(mistaken.slice(1).filter((line) => line !== asked)).toEqual([
    'Say what answers: delivery or webhook or email.',
    'A webhook answers ok, error, timeout.',
    'Say which list, such as /leave club.',
  ]);
});

test('explain tells what was texted before from what is asked now', async () => {
  const path = templateFile('contest');
  expect((await textloom(['explain', path, 'yes please', '--after', 'WIN'])).out).toContain('answer “yes”');
  expect((await textloom(['explain', path, 'STOP'])).out).toMatch(/stop/i);
  expect((await textloom(['explain', path])).code).toBe(1);
});

test('cost follows the bounds it is given', async () => {
  const path = templateFile('contest');
  const long = await textloom(['cost', path, '--bound', 'answers.name=1:10:200', '--json']);
  expect(JSON.parse(long.out).max).toBeGreaterThan(
    JSON.parse((await textloom(['cost', path, '--json'])).out).max,
  );
  expect((await textloom(['cost', path, '--bound', 'name'])).code).toBe(1);
});

describe('a command line that cannot be used', () => {
  test.each([
    [['dance'], 2, /There is no command "dance"/],
    [['prov', 'a.json'], 2, /There is no command "prov"\. Do you mean prove\?/],
    [['help', 'bakup'], 2, /There is no command "bakup"\. Do you mean backup\?/],
    [['prove', '--loud'], 2, /^prove has no option --loud\. Put --/],
    [['prove', 'a.json', '--acept', 'x=y'], 2, /^prove has no option --acept\. Do you mean --accept\?/],
    [['prove', 'a.json', '--max', '9'], 2, /Do you mean --max-states\?\n\n {2}prove FILE…/],
    [['check', 'a.json', '--world', 'b.json'], 2, /^check has no option --world\./],
    [['generate', 'a.json', '--write'], 2, /--write <value>/],
    [['prove'], 1, /Name a file/],
    [['prove', 'nowhere.json'], 1, /nowhere\.json cannot be read/],
  ] as const)('%s says what is wrong', async (args, code, sentence) => {
    const said = await textloom(args);
    expect([said.code, said.out]).toEqual([code, '']);
    expect(said.err).toMatch(sentence);
  });

  test('with something else than a flow says so', async () => {
    const path = file('list.json', [1, 2]);
    expect((await textloom(['check', path])).out).toContain('A flow definition is a JSON object.');
    expect((await textloom(['check', path])).code).toBe(1);
    expect((await textloom(['prove', path])).code).toBe(1);
    expect((await textloom(['chat', path])).err).toContain('A flow definition is a JSON object.');
  });

  test('without a command shows them all', async () => {
    const { code, out } = await textloom([]);
    expect(code).toBe(0);
    for (const { name } of [...COMMANDS, ...ADMIN_COMMANDS]) expect(out).toContain(`  ${name} `);
  });
});

describe('help about one command', () => {
  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    '%s --help tells of it, with every option it has, and of no other',
    async (name, { usage, options }) => {
      const said = await textloom([name, 'a.json', '--help', '--loud']);
      expect([said.code, said.err]).toEqual([0, '']);
      expect(said.out).toMatch(new RegExp(`^npm run textloom -- ${name} `));
      expect(said.out).toContain(usage);
      for (const option of Object.keys(options)) expect(said.out).toContain(`\n  --${option} `);
      expect(said.out.match(/^npm run/gm)).toHaveLength(1);
      expect(await textloom(['help', name])).toEqual(said);
      expect(await textloom([name, '-h'])).toEqual(said);
    },
  );

  test('tells of those beside a server too, alone or by what they are about', async () => {
    const { code, out } = await textloom(['help', 'contacts']);
    expect(code).toBe(0);
    expect(out.match(/^npm run.*/gm)).toEqual([
      'npm run textloom -- contacts erase <number>',
      'npm run textloom -- contacts stop <file>',
    ]);
    const [erase, stop] = out.split('\n\nnpm run');
    expect(readAdminLine(['contacts', 'erase', '--help'])).toEqual({ help: erase });
    expect(readAdminLine(['contacts', 'stop', 'a.csv', '-h'])).toEqual({ help: `npm run${stop}` });
    expect(readAdminLine(['contacts', '--help'])).toEqual({ help: out });
  });
});

describe('a command line beside a server', () => {
  test.each([
    [
      ['contacts', 'stop', 'a.csv', '--sendr', '12345'],
      'contacts stop has no option --sendr. Do you mean --sender?',
    ],
    [['consent', 'verfy'], 'There is no command "consent verfy". Do you mean consent verify?'],
    [['backup', '--to', 'here'], 'backup has no option --to.'],
    [['consent'], 'There is no command "consent".'],
  ] as const)('%s is refused before anything is done', (typed, sentence) => {
    expect(() => readAdminLine(typed)).toThrow(WrongLine);
    expect(() => readAdminLine(typed)).toThrow(sentence);
  });

  test('is handed on as it was typed', () => {
    const args = ['a.csv', '--sender', '12345'];
    expect(readAdminLine(['contacts', 'stop', ...args])).toEqual({ name: 'contacts stop', args });
    expect(readAdminLine(['sign-in-link'])).toEqual({ name: 'sign-in-link', args: [] });
  });
});

test('the process ends with the same code, and reads what is piped in', () => {
  const script = join(ROOT, 'scripts/textloom.mjs');
  const textloomProcess = (args: string[], input = '') =>
    spawnSync(process.execPath, [script, ...args], { input, encoding: 'utf8' });
  const chat = textloomProcess(['chat', templateFile('contest')], 'WIN\nno\n');
  expect([chat.status, chat.stdout.split('\n').filter((line) => line.startsWith('>'))]).toEqual([
    0,
    ['> WIN', '> no'],
  ]);
  const proved = textloomProcess(['prove', broken(), '--json']);
  expect([proved.status, JSON.parse(proved.stdout).length]).toEqual([1, 1]);
});
