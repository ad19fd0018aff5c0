import { describe, expect, test } from '@jest/globals';
import { inspect } from '#flows/definition/inspect.ts';
import { parse } from '#flows/definition/parse.ts';
import { type Trigger, triggerSchema } from '#flows/definition/schema.ts';
import { outOfTerms, type Terms, termsMeet, termsOf } from '#flows/definition/terms.ts';
import * as fc from '../support/properties.ts';

const DRAWING = {
  schemaVersion: 1,
  name: 'Flow',
  languages: ['en', 'fr'],
  nodes: [{ id: 'end', kind: 'end', config: {} }],
  edges: [],
  start: 'end',
};

/** The issues that triggers cause, as "code at path". */
function issuesOf(...triggers: object[]): string[] {
  const parsed = parse({ ...DRAWING, triggers });
  if (parsed.definition === null) return parsed.issues.map(({ code, place }) => `${code} at ${place.path}`);
  return inspect(parsed, ['GB'])
    .filter(({ place }) => place.path?.startsWith('triggers'))
    .map(({ code, place }) => `${code} at ${place.path}`);
}

const keyword = (words: string[], more: object = {}) => ({ kind: 'keyword', words, ...more });

describe('what is wrong with triggers', () => {
  test.each<[string, object[], string[]]>([
    ['nothing', [keyword(['JOIN'])], []],
    ['no trigger', [], ['trigger.none at triggers']],
    ['no letter', [keyword(['JOIN', '\u200B'])], ['trigger.unreadable at triggers.0.words.1']],
    ['a reserved word', [keyword(['Stop'])], ['word.stop at triggers.0.words.0']],
    [
      'what people text to hear no more',
      [keyword(['unsub', 'win']), keyword(['leave me alone', 'shop'], { match: 'phrase' })],
      ['word.wish at triggers.0.words.0', 'word.wish at triggers.1.words.0'],
    ],
    ['one word twice', [keyword(['JOIN']), keyword([' join! '])], ['trigger.twice at triggers.1.words.0']],
    [
      'one word on two senders',
      [keyword(['JOIN'], { sender: '12345' }), keyword(['JOIN'], { sender: '54321' })],
      [],
    ],
    [
      'one word, one sender among all',
      [keyword(['JOIN']), keyword(['JOIN'], { sender: '54321' })],
      ['trigger.twice at triggers.1.words.0'],
    ],
    [
      'one word for known and for unknown numbers',
      [keyword(['JOIN'], { known: 'known' }), keyword(['JOIN'], { known: 'unknown' })],
      [],
    ],
    [
      'one word, one time after the other',
      [
        keyword(['JOIN'], { until: '2027-01-01T00:00:00Z' }),
        keyword(['JOIN'], { from: '2027-01-01T00:00:00Z' }),
      ],
      [],
    ],
    [
      'one word, times that meet',
      [
        keyword(['JOIN'], { until: '2027-01-01T00:00:01Z' }),
        keyword(['JOIN'], { from: '2027-01-01T00:00:00Z' }),
      ],
      ['trigger.twice at triggers.1.words.0'],
    ],
    ['any text', [{ kind: 'unmatched' }], []],
    [
      'any text twice',
      [{ kind: 'unmatched', sender: '12345' }, { kind: 'unmatched' }],
      ['trigger.unmatched-twice at triggers.1'],
    ],
    [
      'any text of strangers, and of others',
      [
        { kind: 'unmatched', known: 'known' },
        { kind: 'unmatched', known: 'unknown' },
      ],
      [],
    ],
    [
      'a time that ends before it begins',
      [keyword(['JOIN'], { from: '2027-01-02T00:00:00Z', until: '2027-01-02T00:00:00Z' })],
      ['trigger.window at triggers.0.until'],
    ],
    [
      'a language the flow does not speak',
      [keyword(['JOIN'], { language: 'fr' }), keyword(['TRETEN'], { language: 'de' })],
      ['trigger.language at triggers.1.language'],
    ],
    ['a pattern', [keyword(['^order \\d+$'], { match: 'pattern' })], []],
    [
      'patterns that cannot be read',
      [keyword(['(', '(?=a)', '(a)\\1'], { match: 'pattern' })],
      [
        'trigger.pattern at triggers.0.words.0',
        'trigger.pattern at triggers.0.words.1',
        'trigger.pattern at triggers.0.words.2',
      ],
    ],
    [
      'a pattern that is too big',
      [keyword(['\\pL{500}'], { match: 'pattern' })],
      ['trigger.pattern at triggers.0.words.0'],
    ],
    [
      'a pattern for every text',
      [keyword(['.*', 'x?'], { match: 'pattern' })],
      ['trigger.pattern-all at triggers.0.words.0', 'trigger.pattern-all at triggers.0.words.1'],
    ],
    [
      'too many patterns',
      [0, 1].map((n) =>
        keyword(
          Array.from({ length: 26 }, (_, i) => `${n}${i}`),
          { match: 'pattern' },
        ),
      ),
      ['trigger.patterns-many at triggers'],
    ],
    [
      'a word too short for typos',
      [keyword(['JOIN', 'SUMMER'], { match: 'close' })],
      ['trigger.close-short at triggers.0.words.0'],
    ],
    ['a keyword without words', [keyword([])], ['definition.shape at triggers.0.words']],
    [
      'words of what has none',
      [{ kind: 'unmatched', words: ['JOIN'] }],
      ['definition.shape at triggers.0.words'],
    ],
    ['no moment', [keyword(['JOIN'], { from: 'tomorrow' })], ['definition.shape at triggers.0.from']],
    [
      'a local moment',
      [keyword(['JOIN'], { from: '2027-01-01T00:00:00' })],
      ['definition.shape at triggers.0.from'],
    ],
  ])('%s', (_name, triggers, issues) => {
    expect(issuesOf(...triggers)).toEqual(issues);
  });

  test.each([
    ['(', 'missing closing )'],
    ['[z-a]', 'invalid character class range z-a'],
    ['\\d{5', null],
    ['(?=a)', 'invalid or unsupported Perl syntax (?='],
    ['\\pL{500}', 'it is too big'],
  ])('is said in a sentence: %s', (pattern, problem) => {
    const parsed = parse({ ...DRAWING, triggers: [keyword([pattern], { match: 'pattern' })] });
    if (parsed.definition === null) throw new Error('No flow.');
    expect(inspect(parsed, ['GB'])[0]?.message ?? null).toBe(
      problem === null
        ? null
        : `The pattern “${pattern}” cannot be used: ${problem}. Mend it, or choose another kind of match.`,
    );
  });
});

describe('terms', () => {
  const hours = (n: number): string => new Date(n * 3_600_000).toISOString();
  const hour = fc.integer({ min: 0, max: 6 });
  const trigger: fc.Arbitrary<Trigger> = fc
    .record(
      { from: hour.map(hours), until: hour.map(hours), known: fc.constantFrom('any', 'known', 'unknown') },
      { requiredKeys: [] },
    )
    .map((terms) => triggerSchema.parse(keyword(['JOIN'], terms)));
  const texts = [true, false].flatMap((known) =>
    Array.from({ length: 16 }, (_, half) => ({ known, now: (half - 1) * 1_800_000 })),
  );
  const metBy = (terms: Terms | null) => texts.map((text) => outOfTerms(terms, text) === null);

  test('meet where some text meets both', () => {
    fc.assert(
      fc.property(trigger, trigger, (one, other) => {
        const [a, b] = [termsOf(one), termsOf(other)];
        const [metByA, metByB] = [metBy(a), metBy(b)];
        const both = texts.some((_, at) => metByA[at] && metByB[at]);
        // Terms that nothing meets may be taken to meet others, never the other way round.
        if (both) expect(termsMeet(a, b)).toBe(true);
        const isReversed = (terms: Terms | null) => terms !== null && terms.until <= terms.from;
        if (!both && !isReversed(a) && !isReversed(b)) expect(termsMeet(a, b)).toBe(false);
        expect(termsMeet(a, b)).toBe(termsMeet(b, a));
      }),
    );
  });

  test('count whatever the time where nobody says it', () => {
    const terms = termsOf(triggerSchema.parse(keyword(['JOIN'], { until: hours(0), known: 'known' })));
    expect(outOfTerms(terms, { known: true })).toBeNull();
    expect(outOfTerms(terms, { known: false })).toBe('unknown-number');
    expect(outOfTerms(terms, { known: true, now: 1 })).toBe('too-late');
  });
});
