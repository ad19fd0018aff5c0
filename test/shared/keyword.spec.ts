import { describe, expect, it } from '@jest/globals';
import { KeywordIndex } from '#shared/sms/keyword.ts';
import type { KeywordBinding, MatchKind } from '#shared/sms/keywords/binding.ts';
import { normalise, withoutWords, words } from '#shared/sms/text.ts';
import { typosBetween } from '#shared/sms/typos.ts';
import * as fc from '../support/properties.ts';

const index = new KeywordIndex<string>([
  { words: 'JOIN', match: 'first-word', target: 'join' },
  { words: 'Join now', match: 'exact', target: 'join now' },
  { words: 'OFFER 66', match: 'first-word', target: 'offer 66' },
  { words: 'offer', match: 'first-word', target: 'offer' },
  { words: 'REPAIR BATH', match: 'sub-keyword', target: 'repair bath' },
  { words: 'repair', match: 'exact', target: 'repair' },
  { words: 'win a car', match: 'phrase', target: 'car' },
  { words: 'win', match: 'phrase', target: 'win' },
  { words: 'voit', match: 'contains', target: 'voiture' },
  { words: '加入', match: 'contains', target: 'join in Chinese' },
  { words: '👍', match: 'first-word', target: 'thumbs up' },
  { words: 'JOIN', match: 'first-word', target: 'second join' },
  { words: '  ', match: 'exact', target: 'nothing' },
]);

describe('find', () => {
  it.each([
    ['JOIN', 'join', ''],
    ['join please', 'join', 'please'],
    ["Join, my name is O'Neil. Ok?", 'join', "my name is o'neil. ok"],
    ['join now', 'join now', ''],
    ['join, now!', 'join now', ''],
    ['join now please', 'join', 'now please'],
    ['Offer 66', 'offer 66', ''],
    ['offer 67', 'offer', '67'],
    ['OFFER66', null, ''],
    ['repair bath tomorrow', 'repair bath', 'tomorrow'],
    ['repair', 'repair', ''],
    ['repair kitchen', null, ''],
    ['I want to win a car today', 'car', 'i want to today'],
    ['can I win', 'win', 'can i'],
    ['winner', null, ''],
    ['la voiture', 'voiture', 'la ure'],
    ['我要加入', 'join in Chinese', '我要'],
    ['👍🏽👍🏽 great', 'thumbs up', '👍 great'],
    ['', null, ''],
    ['?', null, ''],
  ])('%j → %s', (text, target, rest) => {
    const match = index.find(normalise(text));
    expect(match?.binding.target ?? null).toBe(target);
    expect(match?.rest ?? '').toBe(rest);
  });

  it('prefers the one defined first among equals', () => {
    expect(index.candidates('join').map(({ binding }) => binding.target)).toEqual(['join', 'second join']);
  });
});

describe('patterns', () => {
  const codes = new KeywordIndex([
    { words: '^[A-Z]{2}-?\\d{4}$', match: 'pattern', target: 'code' },
    { words: '\\d{5}', match: 'pattern', target: 'postcode' },
    { words: '\\b(table|seat) for \\d+', match: 'pattern', target: 'booking' },
    { words: '(', match: 'pattern', target: 'none: it cannot be read' },
    { words: '(?=a)a', match: 'pattern', target: 'none: it would take more than linear time' },
    { words: 'table', match: 'contains', target: 'table' },
  ] as const);

  it.each([
    ['ab1234', 'code', 'ab1234', ''],
    ['AB-1234!', 'code', 'ab-1234', ''],
    ['my code is ab1234', null, '', ''],
    ['I live in 10115 Berlin', 'postcode', '10115', 'i live in berlin'],
    ['seat for 2 please', 'booking', 'seat for 2', 'please'],
    ['a table for 2', 'table', 'table', 'a for 2'],
    ['１０１１５', 'postcode', '10115', ''],
    ['aaa', null, '', ''],
  ])('%j → %s', (text, target, matched, rest) => {
    const match = codes.find(normalise(text));
    expect(match?.binding.target ?? null).toBe(target);
    expect([match?.matched ?? '', match?.rest ?? '']).toEqual([matched, rest]);
  });

  it('take time in proportion to the text, whatever the author wrote', () => {
    const evil = new KeywordIndex([{ words: '^(\\w+\\s?)*(a|a)+$', match: 'pattern', target: 'evil' }]);
    expect(evil.find(`${'a'.repeat(3000)}!x?`)).toBeNull();
  });
});

describe('keywords that do not apply', () => {
  const seasonal = new KeywordIndex([
    { words: 'JOIN NOW', match: 'first-word', target: 'summer' },
    { words: 'JOIN', match: 'first-word', target: 'winter' },
    { words: 'JOIN', match: 'first-word', target: 'always' },
    { words: 'oin', match: 'contains', target: 'anything' },
    { words: 'WINTER', match: 'close', target: 'winter' },
    { words: 'LINTER', match: 'close', target: 'always' },
  ] as const);
  const except =
    (...closed: string[]) =>
    (target: string) =>
      !closed.includes(target);

  it('leave the text to the next best', () => {
    expect(seasonal.find('join now')?.binding.target).toBe('summer');
    expect(seasonal.find('join now', except('summer'))?.binding.target).toBe('winter');
    expect(seasonal.find('join now', except('summer', 'winter'))?.binding.target).toBe('always');
    expect(seasonal.find('join now', except('summer', 'winter', 'always'))?.binding.target).toBe('anything');
    expect(seasonal.find('join now', () => false)).toBeNull();
  });

  it('are no rival of a typo either', () => {
    expect(seasonal.find('tinter')).toBeNull();
    expect(seasonal.find('tinter', except('winter'))?.binding.target).toBe('always');
  });
});

describe('an index of any keywords', () => {
  const RANK: Record<MatchKind, number> = {
    exact: 0,
    'first-word': 1,
    'sub-keyword': 1,
    phrase: 2,
    contains: 3,
    pattern: 4,
    close: 5,
  };
  interface Meeting {
    binding: KeywordBinding<number>;
    rank: number;
    typos: number;
  }

  const wordsOf = (binding: KeywordBinding<number>) =>
    binding.match === 'pattern' ? [] : words(normalise(binding.words));
  const lengthOf = (binding: KeywordBinding<number>) =>
    binding.match === 'pattern' ? binding.words.length : wordsOf(binding).join(' ').length;

  // The definition, read off one binding at a time.
  function meeting(binding: KeywordBinding<number>, text: string): Meeting | null {
    const parts = words(text);
    const wanted = wordsOf(binding);
    const at = (start: number) => wanted.length > 0 && wanted.every((word, i) => parts[start + i] === word);
    const met = (is: boolean, rank = RANK[binding.match], typos = 0) =>
      is ? { binding, rank, typos } : null;
    switch (binding.match) {
      case 'exact':
        return met(at(0) && parts.length === wanted.length);
      case 'first-word':
      case 'sub-keyword':
        return met(at(0));
      case 'phrase':
        return met(parts.some((_, start) => at(start)));
      case 'contains':
        return met(wanted.length > 0 && text.includes(normalise(binding.words)));
      case 'pattern':
        return met(new RegExp(binding.words, 'iu').test(text));
      case 'close': {
        if (at(0)) return met(true, RANK['first-word']);
        const beginnings = parts.map((_, end) => parts.slice(0, end + 1).join(' '));
        const typos = beginnings.flatMap((typed) => typosBetween(typed, wanted.join(' ')) || []);
        return met(wanted.length > 0 && typos.length > 0, RANK.close, Math.min(...typos));
      }
    }
  }

  const word = fc.constantFrom(
    'a',
    'b',
    'ab',
    'c',
    'É',
    'no-1',
    '👍',
    'abc',
    'abcabc',
    'abcabcabca',
    'acbabc',
  );
  const phrase = fc.array(word, { maxLength: 3 }).map((parts) => parts.join(' '));
  const kinds = fc.constantFrom<MatchKind>(
    'exact',
    'first-word',
    'sub-keyword',
    'phrase',
    'contains',
    'close',
  );
  const binding = fc.oneof(
    { weight: 9, arbitrary: fc.record({ words: phrase, match: kinds }) },
    {
      weight: 1,
      arbitrary: fc.record({
        words: fc.constantFrom('^a', 'b+$', '[a-c]{5}', 'É|no'),
        match: fc.constant<MatchKind>('pattern'),
      }),
    },
  );
  const bindings = fc
    .array(binding, { maxLength: 12 })
    .map((list) => list.map((one, target) => ({ ...one, target })));
  const typed = fc.oneof(
    { weight: 3, arbitrary: word },
    {
      weight: 1,
      arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 11 }),
    },
  );
  const text = fc
    .array(fc.tuple(typed, fc.constantFrom(' ', ', ', ' ', '!', ' - ')), { maxLength: 6 })
    .map((parts) => normalise(parts.flat().join('')));

  it('answers what a scan of the list answers', () => {
    fc.assert(
      fc.property(bindings, text, (list, sent) => {
        const expected = list
          .flatMap((one) => meeting(one, sent) ?? [])
          .sort(
            (x, y) =>
              x.rank - y.rank ||
              x.typos - y.typos ||
              wordsOf(y.binding).length - wordsOf(x.binding).length ||
              lengthOf(y.binding) - lengthOf(x.binding) ||
              x.binding.target - y.binding.target,
          );
        const built = new KeywordIndex(list);
        const candidates = built.candidates(sent);
        expect(candidates.map(({ binding, typos }) => [binding.target, typos])).toEqual(
          expected.map(({ binding, typos }) => [binding.target, typos]),
        );
        expect(candidates.map(({ score }) => score)).toEqual(
          candidates.map(({ score }) => score).sort((a, b) => b - a),
        );
        const [first, ...others] = expected;
        const riddle =
          first !== undefined &&
          first.typos > 0 &&
          others.some(
            (one) =>
              one.typos === first.typos && wordsOf(one.binding).length === wordsOf(first.binding).length,
          );
        expect(built.find(sent)).toEqual(riddle ? null : (candidates[0] ?? null));
        for (const { binding, rest, typos } of candidates) {
          const isLeading = ['first-word', 'sub-keyword', 'close'].includes(binding.match) && typos === 0;
          if (isLeading) expect(rest).toBe(withoutWords(sent, 0, wordsOf(binding).length));
        }
      }),
      { numRuns: 800 },
    );
  });

  it('passes over what does not apply', () => {
    fc.assert(
      fc.property(bindings, text, fc.func(fc.boolean()), (list, sent, applies) => {
        const some = list.filter(({ target }) => applies(target));
        const found = new KeywordIndex(list).find(sent, (target) => applies(target));
        expect(found?.binding.target).toBe(new KeywordIndex(some).find(sent)?.binding.target);
      }),
    );
  });
});
