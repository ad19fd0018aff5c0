import { describe, expect, test } from '@jest/globals';
import { type PoEntry, printPo, readPo } from '#flows/translations/po.ts';
import * as fc from '../support/properties.ts';

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'two\nlines',
    'ends\n',
    '\n',
    'a "quoted" \\ word',
    '\\n',
    'tab\t',
    '#~ msgid "x"',
    '\r\n',
    '\u2028\\"',
  ),
);
const filled = text.filter((one) => one !== '');

const entry: fc.Arbitrary<PoEntry> = fc.record(
  {
    context: filled,
    source: text,
    translation: text,
    comments: fc.array(
      fc.stringMatching(/^[\w“”?!.,: ]{1,30}$/).map((comment) => comment.replace(/\s+/g, ' ').trim()),
      { minLength: 1, maxLength: 3 },
    ),
    fuzzy: fc.constant(true),
  },
  { requiredKeys: ['context', 'source', 'translation'] },
);

describe('PO files', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
        const headers = { 'Project-Id-Version': 'A flow', Language: 'pt_BR' };
        expect(readPo(printPo({ headers, entries }))).toEqual({ headers, entries });
      }),
      { numRuns: 400 },
    );
  });

  test('look as translators know them', () => {
    const entries = [
      { context: 'ask.text', source: 'Tea?', translation: 'Du thé ?', comments: ['“Ask”'] },
      { context: 'more.text', source: 'One\ntwo "three"', translation: '', fuzzy: true },
    ];
    expect(printPo({ headers: { Language: 'fr' }, entries })).toBe(`msgid ""
msgstr "Language: fr\\n"

#. “Ask”
msgctxt "ask.text"
msgid "Tea?"
msgstr "Du thé ?"

#, fuzzy
msgctxt "more.text"
msgid ""
"One\\n"
"two \\"three\\""
msgstr ""
`);
  });

  test('of other tools are understood', () => {
    const file = readPo(
      [
        '\uFEFF# A translator wrote this.',
        'msgid ""',
        'msgstr ""',
        '"Language: fr_CA\\n"',
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"',
        '',
        '#: flow.json:12',
        '#, fuzzy, c-format',
        '#| msgid "Tee?"',
        'msgctxt "ask.text"',
        'msgid "Tea?"',
        'msgstr "Thé ?"',
        'msgid "%d cups"',
        'msgid_plural "cups"',
        'msgstr[0] "tasse"',
        'msgstr[1] "tasses"',
        '#~ msgid "gone"',
        '#~ msgstr "parti"',
        '',
      ].join('\r\n'),
    );
    expect(file).toEqual({
      headers: { Language: 'fr_CA', 'Plural-Forms': 'nplurals=2; plural=(n > 1);' },
      entries: [
        { context: 'ask.text', source: 'Tea?', translation: 'Thé ?', fuzzy: true },
        { context: '', source: '%d cups', translation: 'tasse' },
      ],
    });
  });

  test.each([
    ['msgid "never ends', 1],
    ['msgid "a"\nmsgstr "b"\n{"json": true}', 3],
    ['"nobody said what this is"', 1],
  ])('%j are refused with the line', (broken, line) => {
    expect(readPo(broken)).toEqual({ problem: `Line ${line} is not as in a PO file.` });
  });

  test('never throw', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(text, fc.constantFrom('msgid "a"', 'msgstr "b"', '#, fuzzy', '"more"', 'msgctxt "c"')),
          {
            maxLength: 8,
          },
        ),
        (lines) => {
          readPo(lines.join('\n'));
        },
      ),
    );
  });
});
