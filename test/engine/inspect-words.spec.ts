import { describe, expect, test } from '@jest/globals';
import { ASKED, codes, type Drawing, end, GO, issuesOf, question, text } from './inspect-drawing.ts';

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
