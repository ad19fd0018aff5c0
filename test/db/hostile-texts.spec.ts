import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAX_TEXT_LENGTH } from '#shared/sms/text.ts';
import { SENDER } from '../support/phone-stage.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { createWorkspace, type TestWorkspace } from '../support/workspace.ts';
import { counting } from './support/flows.ts';
import { phoneOf } from './support/hot-path.ts';

let server: TestServer;
let workspace: TestWorkspace;
let people = 0;

beforeAll(async () => {
  server = await startTestServer();
  workspace = await createWorkspace(server.database.source, { flows: [counting('COUNT', 3)] });
  // What is said back may be longer than a sender sends at once. Nothing goes out here, so no run ends of that.
  await server.database.source.query('update workspaces set sending_stopped = true where id = $1', [
    workspace.id,
  ]);
});
afterAll(() => server?.close());

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
async function post(body: unknown): Promise<{ status: number; body: any }> {
  const response = await fetch(server.url + workspace.door, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const say = (from: string, text: unknown, more: object = {}) =>
  post({ from, to: SENDER.address, text, ...more });

const stored = async (id: string): Promise<{ text: string; status: string; extra: unknown }> => {
  const [row] = await server.database.source.query('select text, status, extra from inbound where id = $1', [
    id,
  ]);
  return row;
};

const TEXTS: [string, string, string | RegExp][] = [
  ['nothing', '', ''],
  ['blanks', ' \t\n ', /^\s*$/],
  ['NUL', 'a\u0000b', 'ab'],
  [
    'every control character',
    Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('x'),
    /^x+/,
  ],
  ['a lone high surrogate', 'a\ud83d', 'a\ufffd'],
  ['a lone low surrogate', '\ude00b', '\ufffdb'],
  [
    'half an emoji at the cut',
    `${'a'.repeat(MAX_TEXT_LENGTH - 1)}\u{1F600}`,
    'a'.repeat(MAX_TEXT_LENGTH - 1),
  ],
  ['100 kB', 'ab'.repeat(50_000), 'ab'.repeat(MAX_TEXT_LENGTH / 2)],
  ['100 kB of emoji', '\u{1F600}'.repeat(25_000), '\u{1F600}'.repeat(MAX_TEXT_LENGTH / 2)],
  ['right to left, with overrides', 'مرحبا \u202Eabc\u202C שלום', 'مرحبا \u202Eabc\u202C שלום'],
  ['a family and a flag', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u{1F1FA}\u{1F1F3}', /^\u{1F468}/u],
  ['zalgo', `Z${'\u0351'.repeat(1_000)}`, /^Z/],
  ['SQL', "'); drop table inbound; --", "'); drop table inbound; --"],
  ['an array literal', '{"a",NULL,"\\"}', '{"a",NULL,"\\"}'],
  ['a template', '{{contact.phone}} {{program.brand}}', '{{contact.phone}} {{program.brand}}'],
  ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['a key of every object', '__proto__', '__proto__'],
  ['line separators', 'a\u2028b\u2029c\r\nd', 'a\u2028b\u2029c\nd'],
];

describe('a hostile text', () => {
  test.each(TEXTS)('%s: is stored harmlessly and decided', async (_, text, kept) => {
    const answer = await say(phoneOf(++people), text);
    expect(answer).toMatchObject({ status: 200, body: { accepted: true, status: 'decided' } });
    const row = await stored(answer.body.id);
    expect(row.status).toBe('decided');
    if (typeof kept === 'string') expect(row.text).toBe(kept);
    else expect(row.text).toMatch(kept);
  });

  test.each(TEXTS)('%s: as an answer comes back as it was kept', async (_, text) => {
    const person = phoneOf(++people);
    await say(person, 'COUNT');
    const answer = await say(person, text);
    expect(answer).toMatchObject({ status: 200, body: { status: 'decided' } });
    const { text: kept } = await stored(answer.body.id);
    // Control and blank texts are answers as well; whatever the text holds is said back, never interpreted.
    if (kept.trim() !== '') expect(answer.body.replies[0]?.text).toBe(`1 after ${kept}`);
    expect((await say(person, 'on')).body).toMatchObject({ replies: [{ text: '2 after on' }] });
  });

  test('all of them at once never stop each other', async () => {
    const answers = await post(
      TEXTS.map(([, text]) => ({ from: phoneOf(++people), to: SENDER.address, text })),
    );
    expect(answers.body.map(({ status }: { status: string }) => status)).toEqual(TEXTS.map(() => 'decided'));
  });
});

describe('what else a gateway may send', () => {
  test.each([
    ['a name', 'PAYPAL'],
    ['nothing', ''],
    ['a short code', '72727'],
    ['a NUL and digits', '+12\u000034'],
    ['letters in a number', '+12O25550123'],
    ['an emoji', '\u{1F600}'],
    ['200 digits', '9'.repeat(200)],
  ])('%s as sender is set aside, visibly, and acknowledged', async (_, from) => {
    const answer = await say(from, 'COUNT');
    expect(answer).toMatchObject({ status: 200, body: { accepted: true, replies: [] } });
    expect(answer.body.status).toBe('set-aside');
    expect(await stored(answer.body.id)).toMatchObject({ status: 'set-aside' });
  });

  test('unknown fields are kept, cleaned and bounded', async () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 200; depth++) deep = { deep };
    const more = {
      operator: 'a\u0000b',
      '\u0000key': 1,
      half: '\ud83d',
      deep,
      list: [1, null, { x: 'y' }],
    };
    const answer = await say(phoneOf(++people), 'hello', more);
    expect(answer).toMatchObject({ status: 200, body: { status: 'decided' } });
    expect((await stored(answer.body.id)).extra).toMatchObject({
      operator: 'ab',
      key: 1,
      half: '\ufffd',
      list: [1, null, { x: 'y' }],
    });
  });

  test.each([
    ['half a JSON', '{"from":', 400],
    ['no object', '"hello"', 400],
    ['no sender', '{"to":"12345"}', 400],
    ['a text that is a number', '{"from":"+12025550001","to":"12345","text":5}', 400],
    [
      'a body of 300 kB',
      JSON.stringify({ from: '+12025550001', to: '12345', text: 'x'.repeat(300_000) }),
      413,
    ],
    ['a prototype', '{"from":"+12025550001","to":"12345","__proto__":{"x":1}}', 400],
  ])('%s is refused in a sentence', async (_, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({
      code: expect.stringMatching(/^[a-z.-]+$/),
      message: expect.stringMatching(/\w \w/),
    });
  });

  test('an id that is a number, and the same as a text, are the same id', async () => {
    const person = phoneOf(++people);
    const first = await say(person, 'COUNT', { id: 7 });
    expect((await say(person, 'COUNT', { id: '7' })).body).toEqual({ ...first.body, duplicate: true });
  });
});
