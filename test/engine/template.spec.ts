import { describe, expect, test } from '@jest/globals';
import { Liquid } from 'liquidjs';
import type { Variables } from '#flows/engine/condition.ts';
import { FILTERS } from '#flows/engine/template-filters.ts';
import { LONGEST, parseTemplate, TemplateError } from '#flows/engine/template.ts';
import * as fc from '../support/properties.ts';

const liquid = new Liquid({ strictFilters: true, ownPropertyOnly: true });

const scalar = fc.oneof(
  fc.constantFrom<(string | number | boolean | null)[]>(
    null,
    '',
    'Ann',
    ' Bö ',
    'a-b-a',
    '😀 smile',
    true,
    false,
    0,
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.string({ maxLength: 12 }),
);
const values: fc.Arbitrary<Variables> = fc.record({
  contact: fc.record({ name: scalar, visits: scalar }, { requiredKeys: [] }),
  answers: fc.record({ score: scalar }, { requiredKeys: [] }),
  run: fc.record({ keyword: fc.constantFrom('JOIN', null) }),
  program: fc.record({ brand: fc.constant('Bluebird Coffee') }),
});

const variable = fc.constantFrom(
  'contact.name',
  'contact.visits',
  'answers.score',
  'run.keyword',
  'program.brand',
  '"text"',
  '7',
  'true',
);
const amount = fc.integer({ min: -3, max: 20 }).map(String);
const literal = fc.constantFrom('"there"', '"a"', '""', '"…"', 'program.brand');
const filter = fc.oneof(
  fc.constantFrom('upcase', 'downcase', 'capitalize', 'strip', 'truncate', 'round'),
  literal.map((value) => `default: ${value}`),
  fc.tuple(fc.constantFrom('plus', 'minus', 'round'), amount).map(([name, n]) => `${name}: ${n}`),
  fc.integer({ min: 0, max: 12 }).map((n) => `truncate: ${n}`),
  fc.tuple(fc.integer({ min: 0, max: 12 }), literal).map(([n, end]) => `truncate: ${n}, ${end}`),
  fc.tuple(literal, literal).map(([from, to]) => `replace: ${from}, ${to}`),
);
const output = fc
  .tuple(
    variable,
    fc.array(filter, { maxLength: 3 }),
    fc.constantFrom(['{{', '}}'], ['{{ ', ' }}'], ['{{- ', ' -}}']),
  )
  .map(([name, filters, [open, close]]) => `${open}${[name, ...filters].join(' | ')}${close}`);
const source = fc
  .array(fc.oneof(output, fc.constantFrom('Hi ', ', ', '\n', ' } ', 'ß')), { maxLength: 5 })
  .map((parts) => parts.join(''));

describe('a text with variables', () => {
  test('is filled in as LiquidJS would', () => {
    fc.assert(
      fc.property(source, values, (text, variables) => {
        expect(parseTemplate(text).render(variables)).toBe(liquid.parseAndRenderSync(text, variables));
      }),
      { numRuns: 1_000 },
    );
  });

  test('says which variables it names', () => {
    const { variables } = parseTemplate(
      '{{contact.name | default: program.brand}} {{answers.score}} {{contact.name}}',
    );
    expect(variables).toEqual(['contact.name', 'program.brand', 'answers.score']);
  });

  test('reads what was put there and nothing else', () => {
    const nothing = { contact: {}, answers: { score: 9 }, run: {}, program: {} };
    const render = (text: string) => parseTemplate(text).render(nothing);
    expect(render('{{contact.constructor}}{{contact.toString}}{{contact.__proto__}}{{answers.size}}')).toBe(
      '',
    );
    expect(render('{{answers.score.constructor}}{{answers}}{{unknown.name}}')).toBe('');
  });

  test.each([
    ['{{contact.name', /not closed/],
    ['{{contact.name | reverse}}', /no filter "reverse"/],
    ['{% if contact.name %}x{% endif %}', /not \{% tags %\}/],
    ['{{contact.a == contact.b}}', /Write a variable as/],
    ['{{(1..9)}}', /Write a variable as/],
    ['{{contact.name | default: "x", allow_false: true}}', /Write a variable as/],
    ['{{contact[answers.x]}}', /^$/],
  ])('%s is refused with a sentence, or reads nothing', (text, sentence) => {
    try {
      const { render, variables } = parseTemplate(text);
      expect(variables.length).toBeGreaterThan(0);
      expect(render({ contact: { a: 'secret' }, answers: { x: 'a' }, run: {}, program: {} })).toBe('');
    } catch (cause) {
      expect(cause).toBeInstanceOf(TemplateError);
      expect(cause instanceof Error && cause.message).toMatch(sentence);
    }
  });

  test('knows no filter that a browser and a server would do differently', () => {
    expect([...FILTERS.keys()]).toEqual([
      'default',
      'upcase',
      'downcase',
      'capitalize',
      'truncate',
      'strip',
      'replace',
      'plus',
      'minus',
      'round',
    ]);
  });

  test.each([
    ['what just fits', 'a'.repeat(LONGEST), LONGEST],
    ['a letter too many', 'a'.repeat(LONGEST + 1), LONGEST],
    ['a pair that just fits', `${'a'.repeat(LONGEST - 2)}😀`, LONGEST],
    ['the lowest pair at the end', `${'a'.repeat(LONGEST - 1)}\u{10000}`, LONGEST - 1],
    ['the highest pair at the end', `${'a'.repeat(LONGEST - 1)}\u{10ffff}`, LONGEST - 1],
    ['a character below the pairs', `${'a'.repeat(LONGEST - 1)}\ud7ffa`, LONGEST],
    ['a character above the pairs', `${'a'.repeat(LONGEST - 1)}\ue000a`, LONGEST],
  ])('is cut to its limit: %s', (_, name, length) => {
    const cut = parseTemplate('{{contact.name}}').render({
      contact: { name },
      answers: {},
      run: {},
      program: {},
    });
    expect(cut).toBe(name.slice(0, length));
  });

  test('grows no text beyond measure that is put together from itself, and cuts no character in two', () => {
    const twice = parseTemplate('{{contact.name}}{{contact.name}}');
    let name = 'a😀'.repeat(5_000);
    const again = () => twice.render({ contact: { name }, answers: {}, run: {}, program: {} });
    expect(again().length).toBe(LONGEST - 1);
    for (let n = 0; n < 40; n++) name = again();
    expect(name.length).toBeLessThanOrEqual(LONGEST);
  });

  test('never throws anything but a sentence, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `{{${text}}}`),
        ),
        values,
        (text, variables) => {
          try {
            expect(typeof parseTemplate(text).render(variables)).toBe('string');
          } catch (cause) {
            expect(cause).toBeInstanceOf(TemplateError);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
