import { describe, expect, test } from '@jest/globals';
import { filledLines, hopeless } from '#client/features/vouchers/codes-text.ts';
import { forecastWords, runsOutSoon } from '#client/features/vouchers/forecast-words.ts';
import { loadShare, loadWords } from '#client/features/vouchers/load-words.ts';
import { stockWords } from '#client/features/vouchers/stock-words.ts';
import type { CodesLoad, PoolSummary } from '#shared/api/vouchers.ts';

const TODAY = '2026-11-21';
const POOL: PoolSummary = {
  key: 'spring',
  name: 'Spring',
  state: 'open',
  onePerPerson: true,
  expiresOn: null,
  total: 500,
  available: 120,
  reserved: 3,
  sent: 300,
  redeemed: 77,
  perDay: 12,
  runsOutOn: '2026-12-01',
  createdAt: '2026-11-01T00:00:00Z',
};
const PACE = 'At the pace of the last seven days, 12 a day counted from the first code given in them,';

describe('how long a pool lasts', () => {
  test.each<[string, Partial<PoolSummary>, string]>([
    ['by its pace', {}, `${PACE} the 120 codes left would run out about 1 Dec 2026.`],
    [
      'when its last day comes later',
      { expiresOn: '2026-12-01' },
      `${PACE} the 120 codes left would run out about 1 Dec 2026.`,
    ],
    [
      'when its last day comes first',
      { expiresOn: '2026-11-26' },
      `${PACE} about 60 would be left on the last day, 26 Nov 2026.`,
    ],
    [
      'when nobody lives to see it',
      { runsOutOn: null },
      `${PACE} the 120 codes left would last for more than ten years.`,
    ],
    [
      'when nothing was given',
      { perDay: 0, runsOutOn: null },
      'No code was given in the last seven days, so nobody can tell when they run out.',
    ],
    [
      'when none is left',
      { available: 0, runsOutOn: null },
      'No code is left: flows take the way “None left” until you load more.',
    ],
    [
      'when it is closed',
      { state: 'closed', runsOutOn: null },
      'It is closed and gives no code. What people have can still be redeemed.',
    ],
    [
      'when its last day was yesterday',
      { expiresOn: '2026-11-20' },
      'Its last day is over: no code is given or redeemed any more.',
    ],
    [
      'when nothing was loaded',
      { total: 0, available: 0 },
      'There are no codes in it yet: flows go on as if none were left.',
    ],
  ])('is said %s', (_, change, words) => expect(forecastWords({ ...POOL, ...change }, TODAY)).toBe(words));

  test.each<[boolean, Partial<PoolSummary>]>([
    [false, {}],
    [true, { runsOutOn: '2026-11-28' }],
    [false, { runsOutOn: '2026-11-28', expiresOn: '2026-11-25' }],
    [true, { available: 0, runsOutOn: null }],
    [false, { available: 0, runsOutOn: null, state: 'closed' }],
  ])('calls for codes: %s, where %j', (soon, change) =>
    expect(runsOutSoon({ ...POOL, ...change }, TODAY)).toBe(soon),
  );
});

test('where the codes of a pool are is said in the order in which they go', () =>
  expect(stockWords(POOL)).toBe('120 available, 3 reserved, 300 sent, 77 redeemed'));

describe('how far a loading is', () => {
  test.each<[Omit<CodesLoad, 'id'>, string, number | null]>([
    [
      { made: false, step: 'waiting', done: 0, total: 0 },
      'It waits until others are through with this pool.',
      null,
    ],
    [{ made: false, step: 'reading', done: 10_000, total: 20_000 }, '10,000 of about 20,000 lines read.', 10],
    [{ made: false, step: 'checking', done: 0, total: 1 }, '1 line read, now looked through…', 20],
    [{ made: false, step: 'adding', done: 500, total: 1_000 }, '500 of 1,000 codes added.', 70],
    [{ made: true, step: 'adding', done: 500, total: 1_000 }, '500 of 1,000 codes made.', 50],
  ])('%j', (load, words, share) => {
    expect([loadWords({ id: '', ...load }), loadShare({ id: '', ...load })]).toEqual([words, share]);
  });
});

describe('a text with codes', () => {
  test.each([
    ['', 0],
    ['  \r\n\t\n', 0],
    ['A', 1],
    ['A\r\nB\r\n', 2],
    ['code,for\n\nA,Ada\n  B', 3],
  ])('%j has lines that hold something: %d', (text, lines) => expect(filledLines(text)).toBe(lines));

  test('is handed over unless it is empty or has more than a pool takes at once', () => {
    expect(hopeless('', 0)).toBe('There is no code in it.');
    expect(hopeless('code\n…', 1_000_001)).toBeNull();
    expect(hopeless('…', 1_000_002)).toBe('At most 1,000,000 codes at once. Load them in several files.');
  });
});
