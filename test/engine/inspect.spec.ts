import { describe, expect, test } from '@jest/globals';
import { errorsOf, inspect } from '#flows/definition/inspect.ts';
import type { Issue } from '#flows/definition/issue.ts';
import { parse } from '#flows/definition/parse.ts';
import { opened } from '../support/phone-stage.ts';

interface Drawing {
  nodes: Record<string, { kind: string; title?: string; config?: object }>;
  lines: string[];
  start?: string | null;
  triggers?: object[];
  languages?: string[];
  translations?: object;
}

const GO = { kind: 'keyword', words: ['GO'] };

/** A flow written down shortly: lines are "from.port > to". */
function draw({ nodes, lines, start, ...rest }: Drawing) {
  return {
    schemaVersion: 1,
    name: 'Flow',
    triggers: [GO],
    nodes: Object.entries(nodes).map(([id, node]) => ({ id, title: id, config: {}, ...node })),
    edges: lines.map((line) => {
      const [, from, port, to] = /^(\S+)\.(\S+) > (\S+)$/.exec(line) ?? [];
      return { from, port, to };
    }),
    start: start === undefined ? (Object.keys(nodes)[0] ?? null) : start,
    ...rest,
  };
}

const issuesOf = (drawing: Drawing, countries?: string[]): Issue[] => {
  const flow = parse(draw(drawing));
  if (flow.definition === null) throw new Error(flow.issues.map(({ message }) => message).join(' '));
  return inspect(flow, countries);
};

const codes = (drawing: Drawing, countries?: string[]) =>
  issuesOf(drawing, countries).map(({ code }) => code);

const end = { kind: 'end' };
const text = (words: string, more: object = {}) => ({
  kind: 'message',
  config: { text: words, purpose: 'reply', ...more },
});
const question = (more: object = {}) => ({
  kind: 'question',
  config: { text: 'Tea?', answers: [{ id: 'yes', words: ['YES'] }], timeout: '1h', ...more },
});
const wait = { kind: 'delay', config: { duration: '1h' } };
const ASKED = ['ask.yes > end', 'ask.other > end', 'ask.timeout > end'];

describe('lines', () => {
  test('a finished flow has no issues', () => {
    expect(codes({ nodes: { hello: text('Hi'), end }, lines: ['hello.next > end'] })).toEqual([]);
  });

  test.each<[string, Drawing, Partial<Issue>]>([
    [
      'no first step',
      { nodes: { end }, lines: [], start: null },
      { code: 'start.none', place: { path: 'start' } },
    ],
    ['a first step that is gone', { nodes: { end }, lines: [], start: 'gone' }, { code: 'start.unknown' }],
    [
      'a line to a step that is gone',
      { nodes: { hello: text('Hi') }, lines: ['hello.next > gone'] },
      {
        code: 'edge.unknown-step',
        message: 'A line from “hello” leads to a step that is no longer there. Draw it again.',
      },
    ],
    [
      'a line from a step that is gone',
      { nodes: { end }, lines: ['gone.next > end'] },
      { code: 'edge.unknown-step' },
    ],
    [
      'a line from a way out that is gone',
      { nodes: { hello: text('Hi'), end }, lines: ['hello.next > end', 'hello.maybe > end'] },
      { code: 'edge.unknown-port', place: { node: 'hello', port: 'maybe' } },
    ],
    [
      'two lines from one way out',
      { nodes: { hello: text('Hi'), end }, lines: ['hello.next > end', 'hello.next > end'] },
      { code: 'port.twice', place: { node: 'hello', port: 'next' } },
    ],
    [
      'a way out that leads nowhere',
      { nodes: { ask: question(), end }, lines: ASKED.slice(0, 2) },
      {
        code: 'port.open',
        message:
          '“No reply for 1 hour” of “ask” leads nowhere. Draw a line to what happens then, or to an End.',
        place: { node: 'ask', port: 'timeout' },
      },
    ],
    [
      'a step nobody comes to',
      { nodes: { end, lost: text('Hi') }, lines: [] },
      { code: 'node.unreachable', severity: 'warning', place: { node: 'lost' } },
    ],
    [
      'a line to a note',
      { nodes: { hello: text('Hi'), remark: { kind: 'note' } }, lines: ['hello.next > remark'] },
      { code: 'edge.note', place: { node: 'hello', port: 'next' } },
    ],
    [
      'a note that comes first',
      { nodes: { remark: { kind: 'note' } }, lines: [], start: 'remark' },
      { code: 'start.note', place: { node: 'remark' } },
    ],
  ])('%s', (_, drawing, issue) => {
    expect(issuesOf(drawing)).toMatchObject([issue]);
  });

  test('a note stands alone, and nobody minds', () => {
    const nodes = { hello: text('Hi'), remark: { kind: 'note' }, end };
    expect(codes({ nodes, lines: ['hello.next > end'] })).toEqual([]);
  });

  test('a step that is named by its kind where it has no title', () => {
    const flow = draw({ nodes: { hello: text('Hi') }, lines: [] });
    const untitled = { ...flow, nodes: flow.nodes.map(({ title: _, ...node }) => node) };
    expect(opened(untitled).issues[0]?.message).toMatch(/^“Then” of “Send a text” leads nowhere/);
  });
});

describe('rounds', () => {
  const set = { kind: 'set-field', config: { field: 'x', value: { kind: 'number', number: 1 } } };

  test('without a wait are refused, and shown', () => {
    const drawing = {
      nodes: { one: text('1'), two: set, three: text('3') },
      lines: ['one.next > two', 'two.next > three', 'three.next > one'],
    };
    expect(errorsOf(issuesOf(drawing)).map(({ message }) => message)).toEqual([
      '“one” → “two” → “three” → “one” goes round without ever waiting. Put a question or a wait in between.',
    ]);
  });

  test('of a step with itself, by any way out, are found', () => {
    expect(
      codes({ nodes: { one: text('1'), end }, lines: ['one.next > end', 'one.suppressed > one'] }),
    ).toContain('loop.no-wait');
    expect(codes({ nodes: { two: set }, lines: ['two.next > two'] })).toContain('loop.no-wait');
  });

  test('are counted one by one', () => {
    const drawing = {
      nodes: { a: text('a'), b: text('b'), c: text('c') },
      lines: ['a.next > a', 'a.suppressed > b', 'b.next > c', 'c.next > b'],
    };
    expect(codes(drawing).filter((code) => code === 'loop.no-wait')).toHaveLength(2);
  });

  test('with a wait in between are fine', () => {
    const service = { purpose: 'service' };
    expect(
      codes({ nodes: { one: text('1', service), wait }, lines: ['one.next > wait', 'wait.next > one'] }),
    ).toEqual([]);
    expect(
      codes({
        nodes: { ask: question(), end },
        lines: ['ask.yes > end', 'ask.other > ask', 'ask.timeout > end'],
      }),
    ).toEqual([]);
  });

  test('a long way without a wait is refused before it hits the fence of the engine', () => {
    const ids = Array.from({ length: 90 }, (_, n) => `s${n}`);
    const nodes = Object.fromEntries(ids.map((id) => [id, text('Hi')]));
    const lines = ids.slice(1).map((id, n) => `s${n}.next > ${id}`);
    expect(codes({ nodes: { ...nodes, end }, lines: [...lines, 's89.next > end'] })).toEqual([
      'chain.too-long',
    ]);
  });
});

describe('purposes', () => {
  const late = (purpose: string) => ({
    nodes: { wait, hello: text('Hi', { purpose }), end },
    lines: ['wait.next > hello', 'hello.next > end'],
  });

  test('a reply after a wait would not be sent', () => {
    expect(issuesOf(late('reply'))).toMatchObject([
      { code: 'purpose.not-a-reply', severity: 'error', place: { node: 'hello' } },
    ]);
    expect(codes(late('service'))).toEqual([]);
  });

  test('a reply after no reply would not be sent, one after a reply would', () => {
    const nodes = { ask: question(), hello: text('Hi'), end };
    expect(
      codes({
        nodes,
        lines: ['ask.yes > hello', 'ask.other > end', 'ask.timeout > end', 'hello.next > end'],
      }),
    ).toEqual([]);
    expect(
      codes({
        nodes,
        lines: ['ask.yes > end', 'ask.other > end', 'ask.timeout > hello', 'hello.next > end'],
      }),
    ).toEqual(['purpose.not-a-reply']);
  });

  test('a question after a wait has to be a service, what follows its answer is a reply again', () => {
    const nodes = (purpose: string) => ({ wait, ask: question({ purpose }), hello: text('Hi'), end });
    const lines = [
      'wait.next > ask',
      'ask.yes > hello',
      'ask.other > end',
      'ask.timeout > end',
      'hello.next > end',
    ];
    expect(codes({ nodes: nodes('reply'), lines })).toEqual(['purpose.not-a-reply']);
    expect(codes({ nodes: nodes('service'), lines })).toEqual([]);
  });

  test('a confirmation cannot come out of the blue', () => {
    const confirm = { kind: 'confirm', config: { text: 'Reply YES', list: 'news' } };
    const lines = ['confirmed', 'declined', 'unclear', 'timeout'].map((port) => `ask.${port} > end`);
    expect(codes({ nodes: { wait, ask: confirm, end }, lines: ['wait.next > ask', ...lines] })).toEqual([
      'purpose.not-a-reply',
    ]);
  });
});

describe('texts', () => {
  const says = (words: string, more: Partial<Drawing> = {}, config: object = {}): Drawing => ({
    nodes: { hello: text(words, config), end },
    lines: ['hello.next > end'],
    ...more,
  });

  test.each([
    ['{{contact.firstName}} {{run.keyword}} {{run.medium}} {{run.rest}} {{program.brand}}', []],
    ['{{answers.size}}', ['variable.never-set']],
    ['{{firstName}}', ['variable.unknown']],
    ['{{run.other}}', ['variable.unknown']],
    ['{{contact.first.name}}', ['variable.unknown']],
    ['{{contact.firstName', ['template.broken']],
    ['{{contact.firstName | shout}}', ['template.broken']],
    ['x'.repeat(459), []],
    ['x'.repeat(460), ['text.long']],
    [`${'x'.repeat(100)}’`, ['text.dear']],
    [`${'x'.repeat(60)}’`, []],
    [`${'x'.repeat(100)}😀`, []],
  ])('%s: %j', (words, expected) => {
    expect(codes(says(words))).toEqual(expected);
  });

  test('the character that makes a text dear is named, with what to write instead', () => {
    expect(issuesOf(says(`Don’t miss it. ${'x'.repeat(100)}`))[0]?.message).toBe(
      "“hello” takes 2 parts where 1 would do. Because of “’” a part holds 70 characters instead of 160: write “'”.",
    );
  });

  test('an answer that a step keeps may be used, in texts, conditions and fields', () => {
    const nodes = {
      ask: question({ saveAs: 'size' }),
      choose: {
        kind: 'branch',
        config: { cases: [{ id: 'big', when: { variable: 'answers.size', operator: 'is-set' } }] },
      },
      keep: { kind: 'set-field', config: { field: 'size', value: { kind: 'answer', answer: 'size' } } },
      end,
    };
    const lines = [
      'ask.yes > choose',
      'ask.other > end',
      'ask.timeout > end',
      'choose.big > keep',
      'choose.else > end',
      'keep.next > end',
    ];
    expect(codes({ nodes, lines })).toEqual([]);
    expect(codes({ nodes: { ...nodes, ask: question({ saveAs: 'colour' }) }, lines })).toEqual([
      'variable.never-set',
      'variable.never-set',
    ]);
  });

  test('what is not translated, or wrongly, is told by language', () => {
    const french = (translations: object) =>
      issuesOf(says('Hello', { languages: ['en', 'fr'], translations }));
    expect(french({})).toMatchObject([
      { code: 'translation.missing', place: { node: 'hello', path: 'translations.fr.text' } },
    ]);
    expect(french({ fr: { 'hello.text': 'Bonjour' } })).toEqual([]);
    expect(french({ fr: { 'hello.text': '{{contact.' } })).toMatchObject([
      { code: 'template.broken', place: { path: 'translations.fr.text' } },
    ]);
  });

  test('marketing says how to leave, where it must', () => {
    const marketing = (words: string) => says(words, {}, { purpose: 'marketing', list: 'news' });
    expect(codes(marketing('Half price!'))).toEqual(['marketing.no-stop']);
    expect(codes(marketing('Half price! STOP to end'))).toEqual([]);
    expect(codes(marketing('Half price!'), ['DE'])).toEqual([]);
    expect(codes(says('Half price!', {}, { purpose: 'marketing' }), ['DE'])).toEqual([
      'message.list-missing',
    ]);
  });
});

describe('words', () => {
  const keyed = (words: string[], more: object = {}): Drawing => ({
    nodes: { end },
    lines: [],
    triggers: [{ ...GO, words, ...more }],
  });
  const answered = (answers: object[], languages = ['en']): Drawing => ({
    nodes: { ask: question({ answers }), end },
    lines: [
      ...answers.map((answer) => `ask.${Reflect.get(answer, 'id')} > end`),
      'ask.other > end',
      'ask.timeout > end',
    ],
    languages,
    translations: Object.fromEntries(
      languages.slice(1).map((language) => [language, { 'ask.text': 'Thé ?' }]),
    ),
  });

  test.each([
    [['JOIN'], []],
    [['STOP'], ['word.stop']],
    [['stop!'], ['word.stop']],
    [['CANCEL'], ['word.stop']],
    [['End'], ['word.stop']],
    [['HELP'], ['word.help']],
    [['START'], ['word.start']],
    [['YES'], []],
    [['GO', 'go '], ['trigger.twice']],
    [['\u200b'], ['trigger.unreadable']],
  ])('the keywords %j: %j', (words, expected) => {
    expect(codes(keyed(words))).toEqual(expected);
  });

  test('are reserved where the senders are', () => {
    expect(issuesOf(keyed(['CANCEL']), ['US', 'CA', 'FR'])[0]?.message).toBe(
      'Whoever texts “CANCEL” in the United States and Canada is unsubscribed, so it never gets here. Choose another word.',
    );
    expect(codes(keyed(['CANCEL']), ['FR', 'DE'])).toEqual([]);
  });

  test('are reserved in the languages the flow speaks', () => {
    expect(codes(answered([{ id: 'low', words: ['BAJA'] }]))).toEqual([]);
    expect(codes(answered([{ id: 'low', words: ['BAJA'] }], ['en', 'es']))).toEqual(['word.stop']);
  });

  test('two keywords meet only on one sender', () => {
    const on = (...senders: string[]) =>
      codes({ nodes: { end }, lines: [], triggers: senders.map((sender) => ({ ...GO, sender })) });
    expect(on('12345', '67890')).toEqual([]);
    expect(on('12345', '12345')).toEqual(['trigger.twice']);
    expect(on('12345', '*')).toEqual(['trigger.twice']);
  });

  test('an answer that means STOP, or two things, is told', () => {
    expect(codes(answered([{ id: 'no', words: ['NO', 'CANCEL'] }]))).toEqual(['word.stop']);
    expect(
      issuesOf(
        answered([
          { id: 'yes', words: ['OK'] },
          { id: 'fine', label: 'Fine', words: ['fine', 'ok'] },
        ]),
      ),
    ).toMatchObject([
      {
        code: 'answer.twice',
        severity: 'warning',
        message: '“ok” means both “OK” and “Fine” in “ask”. Keep it in one of them.',
      },
    ]);
  });

  test('a flow that nothing starts is told', () => {
    expect(codes({ nodes: { end }, lines: [], triggers: [] })).toEqual(['trigger.none']);
  });
});

describe('configs', () => {
  test('say what is wrong with them themselves', () => {
    expect(
      codes({ nodes: { ask: question({ timeout: undefined }), end }, lines: ASKED.slice(0, 2) }),
    ).toEqual(['wait.endless']);
    const arms = [
      { id: 'a', weight: 0 },
      { id: 'a', weight: 0 },
    ];
    expect(
      codes({
        nodes: { split: { kind: 'split', config: { experiment: 'x', arms } }, end },
        lines: ['split.a > end'],
      }),
    ).toEqual(['port.repeated', 'split.no-weight']);
  });

  test('that cannot be read are told once, and nothing follows from them', () => {
    expect(codes({ nodes: { ask: question({ text: '' }), end }, lines: ASKED })).toEqual(['node.config']);
  });
});
