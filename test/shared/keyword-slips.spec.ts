import { describe, expect, it } from '@jest/globals';
import { KeywordIndex } from '#shared/sms/keyword.ts';
import type { KeywordBinding } from '#shared/sms/keywords/binding.ts';
import { normalise } from '#shared/sms/text.ts';

describe('of keywords that all fit', () => {
  const fitting: KeywordBinding<string>[] = [
    { words: '^jo', match: 'pattern', target: 'pattern' },
    { words: 'oin', match: 'contains', target: 'contains' },
    { words: 'join', match: 'phrase', target: 'phrase' },
    { words: 'join', match: 'first-word', target: 'first-word' },
    { words: 'join', match: 'exact', target: 'exact' },
  ];

  it('the one that says the most is meant, however late it is defined', () => {
    expect(new KeywordIndex(fitting).candidates('join').map(({ binding }) => binding.match)).toEqual([
      'exact',
      'first-word',
      'phrase',
      'contains',
      'pattern',
    ]);
    const alike = [
      { words: 'join', match: 'sub-keyword', target: 'a' },
      { words: 'join', match: 'first-word', target: 'b' },
    ] as const;
    expect(new KeywordIndex(alike).find('join')?.binding.target).toBe('a');
    expect(new KeywordIndex([...alike].reverse()).find('join')?.binding.target).toBe('b');
  });

  it('a slip comes behind whatever is typed right', () => {
    const slip = { words: 'joint', match: 'close', target: 'slip' } as const;
    const pattern = { words: '^jo', match: 'pattern', target: 'pattern' } as const;
    expect(
      new KeywordIndex<string>([slip, pattern]).candidates('jonit').map(({ binding }) => binding),
    ).toEqual([pattern, slip]);
  });

  it('more words, then more letters, decide between two of a kind', () => {
    const index = new KeywordIndex([
      { words: 'abcdefghijkl', match: 'contains', target: 'one word' },
      { words: 'abc', match: 'contains', target: 'few letters' },
      { words: 'l m', match: 'contains', target: 'two words' },
    ] as const);
    expect(index.candidates('abcdefghijkl m').map(({ binding }) => binding.target)).toEqual([
      'two words',
      'one word',
      'few letters',
    ]);
  });
});

describe('typos', () => {
  const kinds = new KeywordIndex<string>(
    [
      { words: 'SUMMER', match: 'close', target: 'summer' },
      { words: 'NEWSLETTER', match: 'close', target: 'news' },
      { words: 'OFFER66', match: 'close', target: 'billboard' },
      { words: 'OFFER99', match: 'close', target: 'radio' },
      { words: 'HOUSE', match: 'close', target: 'house' },
      { words: 'MOUSE', match: 'close', target: 'mouse' },
      { words: 'HELPER', match: 'close', target: 'helper' },
      { words: 'STOPS', match: 'close', target: 'stops' },
      { words: 'JOIN', match: 'close', target: 'join' },
      { words: 'COFFEE', match: 'close', target: 'coffee' },
      { words: 'COFFEE BEANS', match: 'close', target: 'beans' },
      { words: 'TOMATO SOUP', match: 'close', target: 'soup' },
      { words: 'SIMMER', match: 'exact', target: 'simmer' },
      { words: 'letters', match: 'contains', target: 'letters' },
    ],
    { rivals: ['stop', 'help'] },
  );

  it.each([
    ['summer', 'summer', '', 0],
    ['summer fun', 'summer', 'fun', 0],
    ['sumer', 'summer', '', 1],
    ['Sumer please!', 'summer', 'please', 1],
    ['smumer, please', 'summer', 'please', 1],
    ['s ummer please', 'summer', 'please', 1],
    ['smr', null, '', 0],
    ['fun summer', null, '', 0],
    ['simmer', 'simmer', '', 0],
    ['simmer down', 'summer', 'down', 1],
    ['nwesleter', 'news', '', 2],
    ['neewssletter', 'news', '', 2],
    ['newsletr', 'news', '', 2],
    ['newslett er', 'news', '', 1],
    ['tomato sou p', 'soup', 'p', 1],
    ['tomatosoup today', 'soup', 'today', 1],
    ['tomatosou p', 'soup', '', 2],
    ['newsletters', 'letters', 'news', 0],
    ['ofer66', 'billboard', '', 1],
    ['offer 99', 'radio', '', 1],
    ['offer96', null, '', 0],
    ['touse', null, '', 0],
    ['houuse', 'house', '', 1],
    ['stopp', null, '', 0],
    ['stpos', 'stops', '', 1],
    ['jion', null, '', 0],
    ['join', 'join', '', 0],
    ['cofee', 'coffee', '', 1],
    ['cofee beans', 'beans', '', 1],
    ['coffeebeans today', 'beans', 'today', 1],
    ['coffee baens', 'coffee', 'baens', 0],
    ['coffe e', 'coffee', 'e', 1],
  ])('%j → %s', (text, target, rest, typos) => {
    const match = kinds.find(normalise(text));
    expect(match?.binding.target ?? null).toBe(target);
    expect([match?.rest ?? '', match?.typos ?? 0]).toEqual([rest, typos]);
  });

  it('mean the word that is nearer, though another is longer', () => {
    const [short, long] = [
      { words: 'SUBSCRIBE', match: 'close', target: 'short' },
      { words: 'SUBSCRIBED', match: 'close', target: 'long' },
    ] as const;
    for (const list of [
      [short, long],
      [long, short],
    ]) {
      const index = new KeywordIndex(list);
      expect(index.candidates('subscrib').map(({ binding, typos }) => [binding.target, typos])).toEqual([
        ['short', 1],
        ['long', 2],
      ]);
      expect(index.find('subscrib')?.binding).toBe(short);
    }
  });

  it('are found among many keywords as well, whatever they are', () => {
    const letters = (seed: number) =>
      Array.from({ length: 10 }, (_, at) =>
        String.fromCharCode(97 + ((seed * (at + 7) * 31 + at * at) % 26)),
      ).join('');
    const list = Array.from({ length: 600 }, (_, n) =>
      `${letters(n)}${letters(n >> 3)}`.slice(0, 9 + (n % 3)),
    );
    const index = new KeywordIndex(
      [...new Set(list)].map((word) => ({ words: word, match: 'close' as const, target: word })),
    );
    const slips: ((word: string) => string)[] = [
      (word) => `${word.slice(0, 3)}q${word.slice(3, 6)}q${word.slice(6)}`,
      (word) => word.slice(0, 2) + word.slice(3, 6) + word.slice(7),
      (word) => `q${word.slice(1, 5)}q${word.slice(6)}`,
      (word) => `${word[1]}${word[0]}${word.slice(2)}q`,
    ];
    for (const word of list.filter((_, n) => n % 20 === 0)) {
      for (const slip of slips)
        expect(index.candidates(slip(word)).map(({ binding }) => binding.target)).toContain(word);
    }
  });

  it('of several words for the same thing are no riddle', () => {
    const house = { words: 'HOUSE', match: 'close', target: { flow: 'home', medium: 'radio' } } as const;
    const mouse = { words: 'MOUSE', match: 'close', target: { flow: 'home', medium: 'tv' } } as const;
    expect(new KeywordIndex<object>([house, mouse]).find('touse')).toBeNull();
    const alike = new KeywordIndex<{ flow: string; medium: string }>([house, mouse], {
      alike: (a, b) => a.flow === b.flow,
    });
    expect(alike.find('touse')?.binding).toBe(house);
  });
});
