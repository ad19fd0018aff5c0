import fc from 'fast-check';
import { type KeywordBinding, KeywordIndex, type MatchKind } from '#shared/sms/keyword.ts';
import { normalise, withoutWords, words } from '#shared/sms/text.ts';

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

describe('an index of any keywords', () => {
  const RANK: Record<MatchKind, number> = {
    exact: 0,
    'first-word': 1,
    'sub-keyword': 1,
    phrase: 2,
    contains: 3,
  };

  // The definition, read off one binding at a time.
  function meets(binding: KeywordBinding<number>, text: string): boolean {
    const parts = words(text);
    const wanted = words(normalise(binding.words));
    const at = (start: number) => wanted.length > 0 && wanted.every((word, i) => parts[start + i] === word);
    switch (binding.match) {
      case 'exact':
        return at(0) && parts.length === wanted.length;
      case 'first-word':
      case 'sub-keyword':
        return at(0);
      case 'phrase':
        return parts.some((_, start) => at(start));
      case 'contains':
        return wanted.length > 0 && text.includes(normalise(binding.words));
    }
  }

  const word = fc.constantFrom('a', 'b', 'ab', 'c', 'É', 'no-1', '👍', 'abc');
  const phrase = fc.array(word, { maxLength: 3 }).map((parts) => parts.join(' '));
  const kinds = fc.constantFrom<MatchKind>('exact', 'first-word', 'sub-keyword', 'phrase', 'contains');
  const bindings = fc
    .array(fc.record({ words: phrase, match: kinds }), { maxLength: 12 })
    .map((list) => list.map((binding, target) => ({ ...binding, target })));
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(' ', ', ', ' ', '!', ' - ')), { maxLength: 6 })
    .map((parts) => normalise(parts.flat().join('')));

  it('answers what a scan of the list answers', () => {
    fc.assert(
      fc.property(bindings, text, (list, sent) => {
        const length = (binding: KeywordBinding<number>) => words(normalise(binding.words));
        const expected = list
          .filter((binding) => meets(binding, sent))
          .sort(
            (x, y) =>
              RANK[x.match] - RANK[y.match] ||
              length(y).length - length(x).length ||
              length(y).join(' ').length - length(x).join(' ').length ||
              x.target - y.target,
          )
          .map(({ target }) => target);
        const built = new KeywordIndex(list);
        expect(built.candidates(sent).map(({ binding }) => binding.target)).toEqual(expected);
        expect(built.find(sent)?.binding.target).toBe(expected[0]);
        expect(built.find(sent)).toEqual(built.candidates(sent)[0] ?? null);
        for (const { binding, rest } of built.candidates(sent)) {
          const isLeading = binding.match === 'first-word' || binding.match === 'sub-keyword';
          if (isLeading) expect(rest).toBe(withoutWords(sent, 0, length(binding).length));
        }
      }),
      { numRuns: 600 },
    );
  });
});
